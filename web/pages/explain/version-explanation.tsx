import { useCallback, useMemo, useRef } from 'react'
import type { GlobalExplanation } from '../../api/types.ts'
import { Empty } from '../../components/answers.tsx'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatCount, formatName } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { ImportancePanel } from '../models/importance-panel.tsx'
import classes from './explain.module.css'
import { FeaturePanel } from './feature-panel.tsx'
import { FeatureTable } from './feature-table.tsx'
import { methodWords, rawWords } from './words.ts'

type Props = { explanation: GlobalExplanation; chosen: string | null; onFeature: (feature: string) => void }

const mostFeatures = 15

/** The pictures of a version: what each feature does to the scores, and one of the features from near. */
export function VersionExplanation({ explanation, chosen, onFeature }: Props) {
  const { features: given, unit, nRows, method, baseValue, importance } = explanation
  const near = useRef<HTMLElement>(null)
  const features = useMemo(() => given.map((feature) => ({ ...feature, label: formatName(feature.name) })), [given])
  const feature = features.find(({ name }) => name === chosen) ?? features[0]
  const pick = useCallback(
    (name: string) => {
      onFeature(name)
      near.current?.focus()
    },
    [onFeature],
  )
  const summary = useCallback<Make>(
    ({ shapSummaryPicture }) => shapSummaryPicture({ unit, features, mostFeatures }),
    [unit, features],
  )
  const bars = useCallback<Make>(
    ({ shapBarPicture }) => shapBarPicture({ unit, features, mostFeatures }),
    [unit, features],
  )
  if (feature === undefined) {
    return (
      <Panel>
        <Empty title="This version reads no feature">It gives the same score to everything.</Empty>
      </Panel>
    )
  }
  const room = Math.min(features.length, mostFeatures)
  return (
    <>
      <p className="muted">
        {formatCount(nRows)} rows of the hold-out, {methodWords(method)}. Base value {rawWords(baseValue, unit)}: what
        the contributions of a row start from.
      </p>
      <div className={classes.overview}>
        <Panel title="What each feature does to the score" testId="summary" className={classes.summary}>
          <Drawing make={summary} height={130 + room * 26} onPick={pick} />
        </Panel>
        <Panel title="Mean size of the contributions" testId="bars">
          <Drawing make={bars} height={42 + room * 21} onPick={pick} />
        </Panel>
        <ImportancePanel importance={importance} onPick={pick} />
      </div>
      <div className={classes.near}>
        <FeatureTable features={features} unit={unit} shown={feature.name} onFeature={pick} />
        <FeaturePanel ref={near} explanation={explanation} features={features} feature={feature} />
      </div>
    </>
  )
}
