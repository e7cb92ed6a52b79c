import { NativeSelect } from '@mantine/core'
import { useCallback, useState, type Ref } from 'react'
import type { ExplainedFeature, GlobalExplanation } from '../../api/types.ts'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatCountOf, formatName } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import classes from './explain.module.css'

type Feature = ExplainedFeature & { label: string }
type Props = { explanation: GlobalExplanation; features: Feature[]; feature: Feature; ref: Ref<HTMLElement> }

/** One feature from near: what its values contributed, and where the score goes when only they change. */
export function FeaturePanel({ explanation: { unit, dependence }, features, feature, ref }: Props) {
  const [colouring, setColouring] = useState('')
  const colourBy = features.find(({ name }) => name === colouring && name !== feature.name)
  const partial = dependence.find(({ feature: name }) => name === feature.name)
  const contributions = useCallback<Make>(
    ({ dependencePicture }) => dependencePicture({ unit, feature, colourBy }),
    [unit, feature, colourBy],
  )
  const scores = useCallback<Make>(
    ({ partialDependencePicture }) => partialDependencePicture({ ...partial!, label: feature.label }),
    [partial, feature],
  )
  return (
    <section ref={ref} tabIndex={-1} aria-label={`Feature ${feature.label}`} className={classes.nearPanel}>
      <Panel
        title={feature.label}
        testId="feature"
        aside={
          <NativeSelect
            aria-label="Colour the rows by"
            data={[
              { value: '', label: 'one colour' },
              ...features
                .filter(({ name }) => name !== feature.name)
                .map(({ name, label }) => ({ value: name, label: `colour by ${label}` })),
            ]}
            value={colourBy?.name ?? ''}
            onChange={(event) => setColouring(event.currentTarget.value)}
          />
        }
      >
        <div className={classes.pictures}>
          <figure className={classes.picture}>
            <figcaption>Contribution of each row</figcaption>
            <Drawing make={contributions} height={280} />
          </figure>
          <figure className={classes.picture}>
            <figcaption>Score when only this changes</figcaption>
            {partial === undefined ? (
              <p className="muted">
                Partial dependence is measured for the {formatCountOf(dependence.length, 'feature')} with the largest
                contributions: {dependence.map(({ feature: name }) => formatName(name)).join(', ')}.
              </p>
            ) : (
              <Drawing make={scores} height={280} />
            )}
          </figure>
        </div>
      </Panel>
    </section>
  )
}
