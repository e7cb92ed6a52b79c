import type { Model, Table } from '../learn/index.ts'
import type { ArtifactStore } from '../platform/index.ts'
import type { ModelVersion } from '../registry/index.ts'
import type { CountLayout } from './count-layout.ts'
import type { DecisionPolicy } from './decision.ts'
import { createInputWriter } from './input-json.ts'
import { createTableBuilder } from './input-table.ts'
import { createInputValidator, type InputRow, type InputValidator } from './validation.ts'

/** A version in memory, ready to answer. Owned by the runtime; requests under way hold on to the one they began with. */
export type LoadedVersion = {
  readonly model: string
  readonly version: string
  readonly artifact: string
  readonly policy: DecisionPolicy
  readonly validator: InputValidator
  /** canonical JSON of a validated row */
  readonly inputJson: (row: InputRow) => string
  /** the rows as columns, for counting */
  readonly table: (rows: readonly InputRow[]) => Table
  /** One score in 0..1 for each row. The same row scores the same bits, alone or among others. */
  readonly score: (rows: readonly InputRow[]) => Float64Array
  /** bins of the version's reference; undefined until it has one */
  layout: CountLayout | undefined
}

export type VersionLoader = {
  artifacts: Pick<ArtifactStore, 'get'>
  loadModel(bytes: Uint8Array): Model
  findLayout(model: string, version: string): Promise<CountLayout | undefined>
}

/** Below this, columns cost more than they save. */
const MIN_TABLE_ROWS = 16

/**
 * Reads the artifact (its hash is verified), builds the model and scores an empty row once, so that compiling is over before
 * the first claim comes.
 * @throws what the artifact store or the model's reader throw
 */
export async function loadVersion(loader: VersionLoader, version: ModelVersion): Promise<LoadedVersion> {
  const model = loader.loadModel(await loader.artifacts.get(version.artifact))
  const { signature } = model
  const validator = createInputValidator(signature)
  const table = createTableBuilder(signature)
  const score = (rows: readonly InputRow[]): Float64Array =>
    rows.length < MIN_TABLE_ROWS
      ? Float64Array.from(rows, (row) => model.predictRow(recordOf(validator.columns, row)))
      : model.predict(table(rows))
  score([validator.columns.map(() => null)])
  return {
    model: version.model,
    version: version.version,
    artifact: version.artifact,
    policy: { threshold: version.threshold },
    validator,
    inputJson: createInputWriter(validator.columns),
    table,
    score,
    layout: await loader.findLayout(version.model, version.version),
  }
}

function recordOf(columns: readonly string[], row: InputRow): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) record[columns[i]] = row[i]
  return record
}
