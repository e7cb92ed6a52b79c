import { describe, expect, it } from 'vitest'
import { describeCase } from './describe.ts'
import { expectedRefusal, makeCase, type FuzzCase } from './fuzz-case.ts'
import { findFault } from './laws.ts'
import { shrink } from './shrink.ts'

describe('random small tables', () => {
  it('train, score, save and load as they must, or are refused with the right code', { timeout: 180_000 }, async () => {
    const cases = Array.from({ length: 200 }, (_, seed) => makeCase(seed))
    for (const fuzzCase of cases) {
      const fault = await findFault(fuzzCase)
      expect(fault && `${fault}\n${describeCase(fuzzCase)}`).toBeUndefined()
    }
    // A check that looked at nothing must fail.
    expect(cases.filter(expectedRefusal).length).toBeGreaterThan(5)
    expect(new Set(cases.map(({ task, algorithm }) => `${task} ${algorithm}`)).size).toBe(5)
  })

  it('are the same for the same seed', () => {
    expect(makeCase(17)).toEqual(makeCase(17))
  })

  it('are told of when they fail, and made smaller', async () => {
    const sound = Array.from({ length: 50 }, (_, seed) => makeCase(seed)).find(
      ({ task, data }) => task === 'binary' && data.table.nRows === 20,
    )!
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
