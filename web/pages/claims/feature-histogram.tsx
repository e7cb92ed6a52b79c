import { useCallback } from 'react'
import type { FeatureDrift } from '../../api/types.ts'
import { Drawing } from '../../components/drawing.tsx'
import { formatName } from '../../components/format.ts'
import classes from './claims.module.css'

const height = 230

/** A feature at training and now. */
export function FeatureHistogram({ feature, unit }: { feature: FeatureDrift; unit: string | undefined }) {
  const { bins, name, kind } = feature
  const title =
    kind === 'score' ? 'score of the model (0 to 1)' : `${formatName(name)}${unit === undefined ? '' : ` (${unit})`}`
  const draw = useCallback(
    async (width: number) => {
      const { histogram } = await import('../../charts/histogram.ts')
      return histogram({ bins, title, width, height })
    },
    [bins, title],
  )
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <b>{formatName(name)}</b>
        <span>
          <span className={classes.key} data-tone="reference" aria-hidden="true" /> at training
        </span>
        <span>
          <span className={classes.key} data-tone="current" aria-hidden="true" /> now
        </span>
      </figcaption>
      <Drawing draw={draw} height={height} label={`Histograms of ${formatName(name)} at training and now`} />
    </figure>
  )
}
