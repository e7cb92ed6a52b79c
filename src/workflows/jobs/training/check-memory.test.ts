import { expect, test } from 'vitest'
import { mixedTable } from '../../../../test/learning-tables.ts'
import { resolveProject } from '../../project/load-project.ts'
import type { SplitSet } from '../learning-set.ts'
import { checkMemory } from './check-memory.ts'

const settings = async (memoryBytes: number | undefined) => ({
  project: await resolveProject(
    { name: 'p', model: 'm', data: { kind: 'csv', path: 'x.csv' }, target: 'y' },
    { folder: '/', file: 'assay.yaml' },
  ),
  nThreads: 2,
  memoryBytes,
})
const set = { table: mixedTable(10).table } as SplitSet
const million = { algorithm: 'gradient_boosting', nRows: 1_000_000 } as const

test('a training that would not fit is refused with estimate, limit and ways on', async () => {
  // Two numbers and two categories are 24 MB; boosting lays out 4 bytes of bins and 21 of state a row, and little besides.
  const refused = await settings(200e6).then((given) => {
    try {
      checkMemory(given, set, million, 170e6)
    } catch (error) {
      return error
    }
  })
  expect(refused).toMatchObject({
    code: 'TABLE_TOO_LARGE',
    message: expect.stringMatching(
      /^A table of 1000000 rows and 4 columns does not fit: the limit is 0\.2 GB of memory that this training may take, and gradient_boosting would take it to 0\.22\d? GB; train on fewer rows/,
    ),
  })
})

test('what fits is let through, and so is everything where nothing limits it', async () => {
  expect(checkMemory(await settings(230e6), set, million, 170e6)).toBeUndefined()
  expect(checkMemory(await settings(undefined), set, { ...million, nRows: 1e9 })).toBeUndefined()
})

test('an algorithm that says nothing of its memory is judged by the rows that are copied for it', async () => {
  const given = await settings(200e6)
  const logistic = { algorithm: 'logistic_regression', nRows: 1_000_000 } as const
  expect(checkMemory(given, set, logistic, 170e6)).toBeUndefined()
  expect(() => checkMemory(given, set, logistic, 180e6)).toThrow(/logistic_regression would take it to 0.204 GB/)
})
