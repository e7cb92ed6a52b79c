import { useCallback } from 'react'
import type { FeatureDrift } from '../../api/types.ts'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatName } from '../../components/format.ts'
import classes from './claims.module.css'

/** A feature at training and now. */
export function FeatureHistogram({ feature, unit }: { feature: FeatureDrift; unit: string | undefined }) {
  const { bins, name, kind } = feature
  const axis = kind === 'score' ? 'score of the model (0 to 1)' : formatName(name)
  const make = useCallback<Make>(
    ({ distributionDiffPicture }) =>
      distributionDiffPicture({ name: axis, unit, bins, sets: { reference: 'at training', current: 'now' } }),
    [bins, axis, unit],
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
      <Drawing make={make} />
    </figure>
  )
}
