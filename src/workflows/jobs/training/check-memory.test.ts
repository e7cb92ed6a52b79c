import { expect, test } from 'vitest'
import { mixedTable } from '../../../../test/learning-tables.ts'
import type { AssayError } from '../../../errors/index.ts'
import { resolveProject } from '../../project/load-project.ts'
import type { SplitSet } from '../learning-set.ts'
import { checkMemory } from './check-memory.ts'

const settings = async (memoryBytes: number | undefined, baseBytes = 170e6) => ({
  project: await resolveProject(
    { name: 'p', model: 'm', data: { kind: 'csv', path: 'x.csv' }, target: 'y' },
    { folder: '/', file: 'assay.yaml' },
  ),
  nThreads: 2,
  memoryBytes,
  baseBytes,
})
const set = { table: mixedTable(10).table } as SplitSet
const million = { algorithm: 'gradient_boosting', nRows: 1_000_000 } as const

const refusal = (...given: Parameters<typeof checkMemory>): AssayError => {
  try {
    checkMemory(...given)
  } catch (error) {
    return error as AssayError
  }
  throw new Error('was let through')
}

test('a training that would not fit is refused with estimate, limit, the rows that fit, and ways on', async () => {
  // Two numbers and two categories are 24 MB; boosting lays out 4 bytes of bins and 21 of state a row, and little besides.
  const error = refusal(await settings(200e6), set, million)
  expect(error.code).toBe('TABLE_TOO_LARGE')
  const said =
    /^A table of 1000000 rows and 4 columns does not fit: the limit is 0\.2 GB of memory that this training may take, and gradient_boosting would take it to 0\.22\d? GB: at most (\d+) of its rows fit, all else being equal; train on fewer rows/.exec(
      error.message,
    )
  const most = Number(said?.[1])
  expect(checkMemory(await settings(200e6), set, { ...million, nRows: most })).toBeUndefined()
  expect(refusal(await settings(200e6), set, { ...million, nRows: most + 1 }).code).toBe('TABLE_TOO_LARGE')
})

test('where the process alone has more than there is, fewer rows are no way on', async () => {
  expect(refusal(await settings(160e6), set, million).message).toContain(': fewer rows alone do not help; ')
})

test('what fits is let through, and so is everything where nothing limits it', async () => {
  expect(checkMemory(await settings(230e6), set, million)).toBeUndefined()
  expect(checkMemory(await settings(undefined), set, { ...million, nRows: 1e9 })).toBeUndefined()
})

test('bins that folds share are counted in place of the rows that a fit would copy out', async () => {
  // Of 2 million rows: 8 MB of bins, and either 48 MB copied out and 40 MB to bin them, or a fit on half of them.
  const folds = { ...million, nSharedRows: 2_000_000 }
  expect(refusal(await settings(260e6), set, folds).message).toContain('would take it to 0.268 GB')
  expect(checkMemory(await settings(269e6), set, folds)).toBeUndefined()
})

test('logistic regression is judged by its design, whatever the levels of a category', async () => {
  const logistic = { algorithm: 'logistic_regression', nRows: 1_000_000 } as const
  // 24 MB are copied out; two numbers are 20 bytes a row, two categories 4, a column that is being prepared 16.
  expect(refusal(await settings(230e6), set, logistic).message).toContain('would take it to 0.234 GB')
  expect(checkMemory(await settings(235e6), set, logistic)).toBeUndefined()
})
