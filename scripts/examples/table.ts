import { formatTable } from '../../src/cli/output.ts'
import type { ExampleResult } from './run-example.ts'

/** What the runs showed, a line each, and how they differ from what was written down. */
export function exampleTable(results: ExampleResult[]): string {
  const header = [
    'example',
    'kind',
    'state',
    'best',
    'ROC-AUC',
    'rows',
    'quarantined',
    'warnings',
    'stopped by',
    'waived',
    's',
    '',
  ]
  const lines = results.map((result) => {
    const { name, kind, state, rocAuc, rows, quarantined, warnings, stoppedBy, gates, durationMs } = result
    const waived = gates.filter(({ verdict }) => verdict === 'waived')
    const [best] = Object.entries(rocAuc)
    const isRight = result.differences.length === 0
    return [
      name,
      kind,
      state,
      best?.[0] ?? null,
      best?.[1].toFixed(4) ?? null,
      rows,
      quarantined,
      warnings.length,
      stoppedBy.length,
      waived.length,
      Math.round(durationMs / 1_000),
      isRight ? 'as expected' : `${result.differences.length} differences`,
    ]
  })
  const told = results.flatMap(({ name, kind, differences }) =>
    differences.map((difference) => `${name}, ${kind}: ${difference}`),
  )
  return [formatTable([header, ...lines]), ...told].join('\n')
}
