import { mergeMeasurements, type MeasuredSeries } from './measured-series.ts'
import { useRunStream, type RunStream } from './run-stream.ts'
import type { Measurements } from './types.ts'

const measurements: RunStream<MeasuredSeries[], Measurements> = {
  name: 'measurements',
  empty: [],
  merge: mergeMeasurements,
}

/** What the steps of a run measure, as they do. */
export function useRunMeasurements(runId: string, isLive: boolean) {
  const { known: series, ...rest } = useRunStream(measurements, { runId, isLive })
  return { series, ...rest }
}
