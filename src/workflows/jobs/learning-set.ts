import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { AssayError } from '../../errors/index.ts'
import { holdOutMask, parseContract, readDataset, toLearningSet, type LearningSet } from '../../data/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'

const HOLD_OUT_KEY = 'assay-hold-out'

export type SplitSet = LearningSet & {
  /** rows for fitting and cross-validation, ascending */
  train: Int32Array
  /** rows of the hold-out: never fitted on, by a keyed hash of their id, so they stay where they are when rows are added */
  test: Int32Array
}

/** The dataset version as columns for learning, with its hold-out. */
export async function loadLearningSet(
  project: ResolvedProject,
  { dataset, contractYaml }: Pick<IngestOutput, 'dataset' | 'contractYaml'>,
  artifactDir: string,
): Promise<SplitSet> {
  const artifacts = await openArtifacts(artifactDir)
  const columns = await readDataset(artifacts.path(dataset.artifact))
  const set = toLearningSet(columns, parseContract(contractYaml))
  const inTest = holdOutMask(set.ids, HOLD_OUT_KEY, project.training.testShare)
  const rowsWhere = (value: number) => Int32Array.from(inTest.keys()).filter((row) => inTest[row] === value)
  return { ...set, train: rowsWhere(0), test: rowsWhere(1) }
}

/**
 * Given folds by row of the source file: `row,fold,...`, gzipped or not.
 * @param rowNumbers source row of each dataset row (quarantined rows are not in the dataset)
 */
export async function readFolds(file: string, rowNumbers: Int32Array): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => {
    throw new AssayError('NOT_FOUND', { what: 'Folds file', id: file })
  })
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header, ...lines] = text.trim().split('\n')
  const names = header.trim().split(',')
  const [rowAt, foldAt] = [names.indexOf('row'), names.indexOf('fold')]
  if (rowAt < 0 || foldAt < 0)
    throw new AssayError('FOLDS_INVALID', { file, reason: `columns are ${names.join(', ')}; wanted row and fold` })
  const foldOf = new Map<number, number>()
  for (const line of lines) {
    const cells = line.trim().split(',')
    foldOf.set(Number(cells[rowAt]), Number(cells[foldAt]))
  }
  return Uint8Array.from(rowNumbers, (row) => {
    const fold = foldOf.get(row)
    if (fold === undefined || !Number.isInteger(fold) || fold < 0 || fold > 254)
      throw new AssayError('FOLDS_INVALID', { file, reason: `row ${row} has no fold` })
    return fold
  })
}
