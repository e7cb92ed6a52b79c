import {
  calibrationPicture,
  confusionMatrixPicture,
  gainPicture,
  importancePicture,
  nearestDecision,
  precisionRecallPicture,
  rocPicture,
  thresholdTradeoffPicture,
  type Curves,
  type Picture,
} from '../../pictures/index.ts'
import { renderSvg } from '../../pictures/server/index.ts'
import type { VersionDetail } from '../../registry/index.ts'
import { describeVersion } from './describe-version.ts'

const WIDTH = 460

/** One HTML file that stands alone: the words of the review and the pictures of the version. Nothing is asked for elsewhere. */
export function reviewReport(detail: VersionDetail): string {
  const title = escape(`Review of ${detail.model} ${detail.version}`)
  const drawn = picturesOf(detail).map((picture) => {
    const svg = renderSvg(picture, { width: WIDTH })
    return `<figure><figcaption>${escape(picture.title)}</figcaption>${svg}</figure>`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
  pre { overflow-x: auto; font-size: 13px }
  .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, ${WIDTH}px), 1fr)); gap: 1.5rem }
  figure { margin: 0 }
  figcaption { font-weight: 600; margin-bottom: .4rem }
</style>
<h1>${title}</h1>
<pre>${escape(describeVersion(detail))}</pre>
<div class="pictures">
${drawn.join('\n')}
</div>
</html>
`
}

/** A version that was evaluated before curves were kept has fewer. */
function picturesOf({ curves, metrics, threshold, decision, importance }: VersionDetail): Picture[] {
  const rows = importance.map((row) => ({ ...row, mean: row.mean ?? 0, lower: row.lower ?? 0, upper: row.upper ?? 0 }))
  if (!curves) return [importancePicture({ rows })]
  const drawn = curves as Curves
  const nearest = nearestDecision(drawn.thresholds, threshold)
  return [
    rocPicture({ curves: drawn, auc: metrics.rocAuc, threshold }),
    precisionRecallPicture({ curves: drawn, prAuc: metrics.prAuc, threshold }),
    calibrationPicture({ curves: drawn }),
    gainPicture({ curves: drawn }),
    thresholdTradeoffPicture({ curves: drawn, threshold, costs: decision?.costs }),
    ...(nearest ? [confusionMatrixPicture({ decision: nearest })] : []),
    importancePicture({ rows }),
  ]
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
