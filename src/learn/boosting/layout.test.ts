import { expect, it } from 'vitest'
import { mixedTable, numbers } from '../../../test/learning-tables.ts'
import { Arena } from '../../kernels/index.ts'
import { gradientBoostingAlgorithm } from './algorithm.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import { bytesOfJob, planJob, type JobSize } from './layout.ts'
import { resolveBoostingOptions } from './options.ts'

const size: JobSize = {
  nRows: 1000,
  nFeatures: 9,
  maxLeaves: 31,
  nThreads: 2,
  nClasses: 1,
  hasLabels: true,
  hasWeights: true,
  hasHeld: true,
  hasMonotone: false,
}

it('the estimate is what the arena allocates', () => {
  for (const given of [size, { ...size, nRows: 12_345, nThreads: 1, nClasses: 3, hasWeights: false }]) {
    const arena = new Arena()
    planJob(arena, given)
    expect(bytesOfJob(given)).toBe(arena.allocate().buffer.byteLength)
  }
})

it('is one byte a value and 21 bytes a row, as the documentation says', () => {
  const bytes = (nRows: number, nFeatures: number) =>
    gradientBoostingAlgorithm.trainingBytes!(
      {
        nRows,
        columns: Array.from({ length: nFeatures }, () => ({ kind: 'number' })),
        hasWeights: false,
        isBinned: false,
      },
      resolveBoostingOptions({ nThreads: 1 }),
    )
  expect((bytes(20_000_000, 20) - bytes(10_000_000, 20)) / 10_000_000).toBeCloseTo(41, 1)
  expect(bytes(10_000_000, 20)).toBeLessThan(420e6)
})

it('refuses what is too large before any memory is asked for, and says what fits and what else helps', async () => {
  const { table, y } = mixedTable(50)
  const columns = Array.from({ length: 500 }, (_, c) => numbers(`x${c}`, Array<number>(50).fill(c)))
  const wide = { nRows: table.nRows, columns }
  const refused = await new GradientBoostingClassifier({ maxLeaves: 4096, nThreads: 1 })
    .fit({ table: wide, y })
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({
    code: 'TABLE_TOO_LARGE',
    message:
      'A table of 50 rows and 500 columns does not fit: the limit is 3.5 GiB of memory, and gradient boosting needs 3.91 GiB: ' +
      'fewer rows alone do not help; fewer columns, leaves or threads take less, and maxBins, rowShare and columnShare change nothing.',
  })
})
