import {
  holdOutMask,
  parseContract,
  readDataset,
  toLearningSet,
  type Contract,
  type DataColumns,
  type LearningSet,
} from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { timeHoldOut, type Split } from '../../learn/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { ROW_ORDER } from '../project/project.ts'
import type { IngestOutput } from './ingest.ts'

/** Of the keyed hash that draws hold-outs. */
export const HOLD_OUT_KEY = 'assay-hold-out'

/**
 * Rows for fitting and cross-validation (`train`), and the hold-out, never fitted on (`test`); both ascending. The hold-out is drawn by
 * a keyed hash of the row's id, or of its group's name, so that a row stays where it is when others are added; with a split by time it
 * is the newest rows.
 */
export type SplitSet = LearningSet &
  Split & {
    /** code of each row's group, -1 where it has none; absent without a group column */
    group?: Int32Array
    /** when each row arose, NaN where it is not known; absent without a time */
    time?: Float64Array
  }

type Version = Pick<IngestOutput, 'contractYaml'> & { dataset: Pick<IngestOutput['dataset'], 'artifact'> }

/** The dataset version as columns for learning, with its hold-out. @throws as `splitSet` */
export async function loadLearningSet(
  project: ResolvedProject,
  version: Version,
  artifactDir: string,
): Promise<SplitSet> {
  return splitSet(project, await readVersion(version, artifactDir))
}

/** All columns of a dataset version, and the contract that it keeps. */
export async function readVersion({ dataset, contractYaml }: Version, artifactDir: string) {
  const artifacts = await openArtifacts(artifactDir)
  return { data: await readDataset(artifacts.path(dataset.artifact)), contract: parseContract(contractYaml) }
}

/** @throws COLUMN_UNKNOWN, TIME_NOT_ORDERED for a time column of texts, what `timeHoldOut` throws */
export function splitSet(
  project: ResolvedProject,
  { data, contract }: { data: DataColumns; contract: Contract },
): SplitSet {
  const set = toLearningSet(data, contract)
  const timeColumn = project.time ?? contract.columns.find((column) => column.role === 'time')?.name
  const groups = project.group === undefined ? undefined : groupsOf(data, project.group)
  const time = timeColumn === undefined ? undefined : timesOf(data, timeColumn)
  const { split, testShare } = project.training
  if (split === 'time') return { ...set, group: groups?.codes, time, ...timeHoldOut(time!, testShare) }
  const inTest = holdOutMask(groups?.names ?? set.ids, HOLD_OUT_KEY, testShare)
  const rowsWhere = (value: number) => Int32Array.from(inTest.keys()).filter((row) => inTest[row] === value)
  return { ...set, group: groups?.codes, time, train: rowsWhere(0), test: rowsWhere(1) }
}

function getColumn({ columns }: DataColumns, name: string) {
  const column = columns.find((candidate) => candidate.name === name)
  if (column) return column
  throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: columns.map((c) => c.name).join(', ') })
}

/** The group of each row; a row without one stands for itself. */
function groupsOf(data: DataColumns, name: string): { codes: Int32Array; names: string[] } {
  const { values } = getColumn(data, name)
  const codeOf = new Map<string, number>()
  const codes = new Int32Array(data.nRows).fill(-1)
  const names = Array.from({ length: data.nRows }, (_, row) => {
    const value = values[row]
    if (value === null || Number.isNaN(value)) return `row ${row}`
    const text = String(value)
    if (!codeOf.has(text)) codeOf.set(text, codeOf.size)
    codes[row] = codeOf.get(text)!
    return `group ${text}`
  })
  return { codes, names }
}

/** Times as numbers that grow. */
export function timesOf(data: DataColumns, name: string): Float64Array {
  if (name === ROW_ORDER && !data.columns.some((column) => column.name === name))
    return Float64Array.from(data.sourceRows ?? Int32Array.from({ length: data.nRows }, (_, row) => row))
  const column = getColumn(data, name)
  if (column.kind === 'number') return column.values
  throw new AssayError('TIME_NOT_ORDERED', { column: name })
}
