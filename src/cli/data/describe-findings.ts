import type { DatasetVersion, DatasetWarning, Violation } from '../../data/index.ts'

type Told = Pick<Violation, 'code' | 'message' | 'count' | 'share'> & Partial<Pick<Violation, 'examples'>>

/** What a contract found broken, a line each, with where it is. */
export function describeViolations(violations: Told[]): string[] {
  return violations.flatMap(({ code, message, count, share, examples = [] }) => [
    `  ${code}  ${message} ${count} rows, ${(100 * share).toFixed(2)} %`,
    ...(examples.length > 0
      ? [
          `      ${examples
            .slice(0, 3)
            .map(({ row, value }) => `row ${row}: ${value ?? 'missing'}`)
            .join(', ')}`,
        ]
      : []),
  ])
}

export const describeWarnings = (warnings: DatasetWarning[]) =>
  warnings.map(({ code, message }) => `  ${code}  ${message}`)

/** A version that was just made. */
export function describeImport({
  dataset,
  warnings,
  violations,
}: {
  dataset: DatasetVersion
  warnings: DatasetWarning[]
  violations: Told[]
}): string {
  const id = dataset.id.slice(0, 12)
  const quarantine = dataset.nQuarantined > 0 ? `: assay data quarantine ${id}` : ''
  return [
    `Dataset ${dataset.name}, version ${id}: ${dataset.nRows} rows x ${dataset.nColumns} columns`,
    `  ${dataset.nQuarantined} rows in quarantine${quarantine}`,
    ...describeViolations(violations),
    ...describeWarnings(warnings),
  ].join('\n')
}
