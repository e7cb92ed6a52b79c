import { describe, expect, it } from 'vitest'
import { categories, numbers } from '../../test/learning-tables.ts'
import { describeCase } from './describe.ts'
import { expectedRefusal, kinds, makeCase, type FuzzCase } from './fuzz-case.ts'
import { findFault } from './laws.ts'
import { shrink } from './shrink.ts'
import { findDifferenceToSlow } from './slow-laws.ts'
import { train } from './train.ts'

/** A case in which trees grow. */
function soundCase(task: FuzzCase['task'], algorithm: FuzzCase['algorithm']): FuzzCase {
  const rows = Array.from({ length: 40 }, (_, row) => row)
  const columns = [
    numbers('a', rows.map((row) => (row % 7 === 3 ? null : (row * row) % 11))), // prettier-ignore
    categories('b', rows.map((row) => (row % 5 === 1 ? null : `level ${(row * 3) % 8}`))), // prettier-ignore
  ]
  const y = Float64Array.from(rows, (row) => (row < 15 ? 1 : row % 9 === 2 ? 2 : 0))
  const data = {
    table: { nRows: 40, columns },
    y: task === 'binary' ? y.map((value) => Math.min(1, value)) : y,
    ...(task === 'multiclass' ? { classes: ['a', 'b', 'c'] } : {}),
    weights: Float64Array.from(rows, (row) => row % 4),
  }
  return { seed: 0, task, algorithm, data, options: { nTrees: 3, minSamplesLeaf: 1, nThreads: 1 } }
}

describe('random small tables', () => {
  it('train, score, save and load as they must, or are refused with the right code', { timeout: 180_000 }, async () => {
    const cases = Array.from({ length: 200 }, (_, seed) => makeCase(seed))
    for (const fuzzCase of cases) {
      const fault = await findFault(fuzzCase)
      expect(fault && `${fault}\n${describeCase(fuzzCase)}`).toBeUndefined()
    }
    // A check that looked at nothing must fail.
    expect(cases.filter(expectedRefusal).length).toBeGreaterThan(5)
    expect(new Set(cases.map(({ task, algorithm }) => `${task} ${algorithm}`)).size).toBe(9)
  })

  it.each(kinds)(
    'of %s %s are held against the slow version, which knows a model of other rows',
    async (task, algorithm) => {
      const fuzzCase = soundCase(task, algorithm)
      const model = await train(fuzzCase)
      expect(findDifferenceToSlow(fuzzCase, model)).toBeUndefined()
      const { y } = fuzzCase.data
      const turned = { ...fuzzCase, data: { ...fuzzCase.data, y: y.toReversed() } }
      expect(findDifferenceToSlow(turned, model)).toMatch(/^tree 0/)
    },
  )

  it('are the same for the same seed', () => {
    expect(makeCase(17)).toEqual(makeCase(17))
  })

  it('are told of when they fail, and made smaller', async () => {
    const sound = soundCase('binary', 'gradient_boosting')
    // Trains, although it says that it must not; and a label that is refused, although it says that it must not be.
    expect(await findFault({ ...sound, refusedWith: 'LABEL_INVALID' })).toContain(
      'was to be refused with LABEL_INVALID',
    )
    const { columns, nRows } = sound.data.table
    const options = { ...sound.options, nTrees: 0 }
    const bad: FuzzCase = {
      ...sound,
      data: { ...sound.data, table: { nRows, columns } },
      options,
      refusedWith: undefined,
    }
    expect(await findFault(bad)).toContain('was refused with OPTION_INVALID')
    const { fuzzCase, fault } = await shrink(bad)
    expect(fault).toContain('OPTION_INVALID')
    expect(fuzzCase.data.table.nRows).toBe(2)
    expect(fuzzCase.data.table.columns).toHaveLength(1)
  })
})
