import { Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { versionQuery } from '../../api/models.ts'
import type { DriftReport, FeatureDrift } from '../../api/types.ts'
import { DriftScale } from '../../charts/drift-scale.tsx'
import { Empty, Failure } from '../../components/answers.tsx'
import { formatCount, formatScore, formatShare } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { useWidth } from '../../components/size.ts'
import { StateMark } from '../../components/state.tsx'
import classes from './claims.module.css'
import { DriftTable } from './drift-table.tsx'
import { FeatureHistogram } from './feature-histogram.tsx'

type Props = { report: DriftReport | null; hasChampion: boolean; error: Error | null; onRetry: () => void }

/** How far the claims of now are from those the champion was trained on, feature by feature. */
export function DriftPanel({ report, hasChampion, error, onRetry }: Props) {
  const title = report === null ? 'Drift' : `Drift of ${report.model} ${report.version}`
  return (
    <Panel
      title={title}
      testId="drift"
      aside={report !== null && <StateMark kind="drift" value={report.status} isTinted />}
    >
      {report === null && <Nothing hasChampion={hasChampion} error={error} onRetry={onRetry} />}
      {report !== null &&
        (report.status === 'insufficient-data' ? <TooFew report={report} /> : <Measured report={report} />)}
    </Panel>
  )
}

/** No report: there is no champion whose traffic could drift, or the report could not be had. */
function Nothing({ hasChampion, error, onRetry }: Omit<Props, 'report'>) {
  if (error !== null) return <Failure error={error} onRetry={onRetry} />
  if (hasChampion) return <Empty title="Not measured yet" />
  return (
    <Empty title="Nothing in production to watch">
      Drift is measured against the data the champion was trained on.
    </Empty>
  )
}

/** Below the smallest number of rows nothing is judged; the panel says how far it is. */
function TooFew({ report: { nCurrent, minimumRows } }: { report: DriftReport }) {
  return (
    <Empty title={`${formatCount(nCurrent)} of ${formatCount(minimumRows)} rows`}>
      <Progress
        value={(nCurrent / minimumRows) * 100}
        aria-label="Rows so far"
        color="var(--a-run-mark)"
        w={240}
        mx="auto"
        mb="sm"
      />
      Drift is judged from {formatCount(minimumRows)} scored rows on: with fewer, chance looks like drift. Start the
      stream or send predictions.
    </Empty>
  )
}

function Measured({ report }: { report: DriftReport }) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data: version } = useQuery(versionQuery(report.model, report.version))
  const features = [...(report.score === null ? [] : [report.score]), ...report.features].toSorted(
    (a, b) => b.psi - a.psi,
  )
  const shown = features.find((feature) => feature.name === chosen) ?? features[0]
  const unitOf = (feature: FeatureDrift) =>
    version?.signature.columns.find((column) => column.name === feature.name)?.unit

  return (
    <div className={classes.drift}>
      <div className={classes.driftHead}>
        <div>
          <div className={classes.driftScore}>{formatScore(report.driftScore)}</div>
          <div className="muted">drift score</div>
        </div>
        <div ref={ref} className={classes.driftScale}>
          {width > 0 && <DriftScale score={report.driftScore} width={width} />}
        </div>
      </div>
      <p className="muted">
        {formatCount(report.nCurrent)} rows now against {formatCount(report.nReference)} at training;{' '}
        {formatShare(report.shareDrifted, 0)} of the features have drifted.
      </p>
      <DriftTable features={features} selected={shown?.name ?? null} onSelect={setChosen} />
      {shown !== undefined && <FeatureHistogram feature={shown} unit={unitOf(shown)} />}
    </div>
  )
}
