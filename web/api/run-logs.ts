import { mergeLogLines } from './log-lines.ts'
import { useRunStream, type RunStream } from './run-stream.ts'
import type { LogLine } from './types.ts'

const logs: RunStream<LogLine[], LogLine> = {
  name: 'logs',
  empty: [],
  merge: (known, incoming) => mergeLogLines(known, incoming),
}

/** A run's log as it is written. */
export function useRunLogs(runId: string, isLive: boolean) {
  const { known: lines, ...rest } = useRunStream(logs, { runId, isLive })
  return { lines, ...rest }
}
