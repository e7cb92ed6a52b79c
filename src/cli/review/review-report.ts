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
import type { VersionDetail } from '../../registry/index.ts'
import { htmlReport } from '../html-report.ts'
import { describeVersion } from './describe-version.ts'

/** The words of the review and the pictures of the version, as one HTML file. */
export function reviewReport(detail: VersionDetail): string {
  const title = `Review of ${detail.model} ${detail.version}`
  return htmlReport({ title, text: describeVersion(detail), pictures: picturesOf(detail) })
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
