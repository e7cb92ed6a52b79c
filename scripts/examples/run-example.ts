import { Refusal } from '../../src/cli/client.ts'
import { runDemo } from '../../src/cli/demo/demo.ts'
import type { DemoReport, DemoWarning } from '../../src/cli/demo/report.ts'
import { createOutput } from '../../src/cli/output.ts'
import { differences, type Shown } from './compare.ts'
import type { Expectation, Kind } from './expectation.ts'
import { requestOf } from './request.ts'

export type ExampleResult = Shown & {
  name: string
  kind: Kind
  durationMs: number
  /** how it differs from what was written down */
  differences: string[]
}

/** Runs the demo on one example, quietly, and holds what it shows against what was written down. */
export async function runExample(
  { name, kind }: { name: string; kind: Kind },
  { expectation, dataRoot }: { expectation: Expectation; dataRoot: string },
  signal: AbortSignal,
): Promise<ExampleResult> {
  const expected = expectation[kind]
  const request = requestOf(name, kind, { expectation, dataRoot })
  const output = createOutput({ out: process.stderr, err: process.stderr }, true)
  const startedAt = performance.now()
  const shown = await runDemo({ request, waive: expected.waiver, output, signal }).then(shownBy, refused)
  const durationMs = Math.round(performance.now() - startedAt)
  return { name, kind, ...shown, durationMs, differences: differences(expected, shown) }
}

function shownBy(report: DemoReport): Shown {
  const { status, dataset, warnings, violations, quarantined, gates, stoppedBy, failure } = report
  // The report tells traps among the warnings; each has a gate of its own.
  const isTrap = ({ code, column }: DemoWarning) =>
    gates.some(({ gate }) => gate === (column ? `leakage:${code}:${column}` : `leakage:${code}`))
  const short = (found: DemoWarning[]) => found.map(({ code, column }) => ({ code, column }))
  return {
    state: status,
    rows: dataset?.rows ?? null,
    warnings: short(warnings.filter((warning) => !isTrap(warning))),
    traps: short(warnings.filter(isTrap)),
    violations,
    quarantined,
    gates,
    stoppedBy,
    rocAuc: Object.fromEntries(Object.entries(report.cv).map(([algorithm, { rocAuc }]) => [algorithm, rocAuc.mean])),
    failure,
  }
}

/** A start that is refused is an outcome as well; anything else is a fault of the run. */
function refused(error: unknown): Shown {
  if (!(error instanceof Refusal)) throw error
  const nothing = { rows: null, warnings: [], traps: [], violations: [], quarantined: null, gates: [], stoppedBy: [] }
  const failure = { code: error.code, message: error.message }
  return { state: 'failed', ...nothing, rocAuc: {}, failure }
}
