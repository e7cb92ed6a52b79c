import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createRandom, findTraps, shuffle, takeRows, type Trap, type TrapInput } from '../index.ts'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'

const found = (traps: Trap[]) => traps.map(({ code, column }) => (column === undefined ? code : `${code}:${column}`))
const clean: TrapInput = { ...mixedTable(600), target: 'y' }

describe('findTraps', () => {
  test.each<[string, Partial<TrapInput>, string]>([
    ['labels', { y: new Uint8Array(599) }, 'There are 599 labels for 600 rows.'],
    ['a label', { y: new Uint8Array(600).fill(2, 7, 8) }, 'The label of row 7 is 2; wanted 0 or 1.'],
    ['times', { time: new Float64Array(1) }, 'Column time has 1 values in a table of 600 rows.'],
    ['folds', { folds: [] }, 'Column folds has 0 values in a table of 600 rows.'],
    ['groups', { groups: [categories('patient', ['a'])] }, 'Column patient has 1 values in a table of 600 rows.'],
    ['further columns', { besides: [numbers('id', [1])] }, 'Column id has 1 values in a table of 600 rows.'],
  ])('refuses %s that do not fit', (_, wrong, message) => {
    expect(() => findTraps({ ...clean, ...wrong })).toThrow(message)
  })

  it('says nothing of a table without rows, without columns, or with one class', () => {
    expect(findTraps({ table: { nRows: 0, columns: [] }, y: new Uint8Array(0), target: 'y' })).toEqual([])
    expect(findTraps({ ...clean, table: { nRows: 600, columns: [] } })).toEqual([])
    expect(findTraps({ ...clean, y: new Uint8Array(600) })).toEqual([])
  })

  it('gives the same traps whatever the order of rows, columns and levels', () => {
    const { y, table } = clean
    const leak = numbers(
      'leak',
      Array.from(y, (label, row) => label * 50 + (row % 40)),
    )
    const columns = [leak, ...table.columns]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (seed) => {
        const rows = shuffle(Int32Array.from(y.keys()), createRandom(seed))
        const moved = takeRows({ nRows: 600, columns: seed % 2 ? columns.toReversed() : columns }, rows)
        const traps = findTraps({ table: moved, y: Uint8Array.from(rows, (row) => y[row]), target: 'y' })
        expect(found(traps)).toEqual(['TARGET_LEAK:leak'])
      }),
      { numRuns: 10 },
    )
  })

  it('copes with any well-formed input, and says nothing that is not a number', () => {
    const cell = fc.oneof(
      fc.constantFrom(null, 0, -0, 1, Infinity, -Infinity, 1e308, 5e-324),
      fc.integer(),
      fc.double(),
    )
    const numberColumn = (nRows: number) => fc.array(cell, { minLength: nRows, maxLength: nRows })
    const input = fc
      .tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 40 }))
      .chain(([nRows, nDifferent]) =>
        fc.record({
          nRows: fc.constant(nRows),
          numbers: fc.array(numberColumn(nRows), { maxLength: 3 }),
          texts: fc.array(fc.option(fc.integer({ min: 0, max: nDifferent })), { minLength: nRows, maxLength: nRows }),
          y: fc.uint8Array({ minLength: nRows, maxLength: nRows, max: 1 }),
          time: fc.array(fc.option(fc.integer({ min: 0, max: 30 })), { minLength: nRows, maxLength: nRows }),
          folds: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: nRows, maxLength: nRows }),
        }),
      )
    fc.assert(
      fc.property(input, ({ nRows, numbers: given, texts, y, time, folds }) => {
        const text = categories(
          'patient',
          texts.map((value) => (value === null ? null : `p${value}`)),
        )
        const columns = [...given.map((values, j) => numbers(`number ${j}`, values)), text]
        const times = numbers('time', time).values
        const traps = findTraps({
          table: { nRows, columns },
          y,
          target: 'y',
          folds,
          time: times,
          observedAt: times.map((value) => value + 3),
          groups: [text],
          besides: [numbers('row', [...y.keys()])],
        })
        for (const { evidence, message } of traps) {
          expect(Object.values(evidence)).not.toContain(NaN)
          expect(message).not.toMatch(/NaN|undefined|null/)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('judges columns on a sample where there are very many rows, and says so', () => {
    const nRows = 120_000
    const y = Uint8Array.from({ length: nRows }, (_, row) => (row % 3 === 0 ? 1 : 0))
    const columns = [
      numbers(
        'paid',
        Array.from(y, (label, row) => (label === 1 ? 0 : 1 + (row % 500))),
      ),
    ]
    const [trap, ...more] = findTraps({ table: { nRows, columns }, y, target: 'denied' })
    expect(more).toEqual([])
    expect(trap).toMatchObject({ code: 'TARGET_LEAK', column: 'paid', evidence: { nRowsLookedAt: 100_000 } })
    expect(trap.message).toMatch(/ Looked at 100000 of 120000 rows\.$/)
  })

  it('puts what blocks first, and keeps cells out of what it says', () => {
    const secret = categories(
      'secret',
      Array.from(clean.y, (label, row) => `Jane Roe ${label} ${row}`),
    )
    const copy = categories(
      'copy',
      Array.from(clean.y, (label) => (label === 1 ? 'John Doe' : 'Jane Roe')),
    )
    const traps = findTraps({ ...clean, table: { nRows: 600, columns: [secret, ...clean.table.columns, copy] } })
    expect(found(traps)).toEqual(['TARGET_COPY:copy', 'IDENTIFIER:secret'])
    expect(JSON.stringify(traps)).not.toMatch(/Jane|John/)
  })
})

describe('rows that chance made equal', () => {
  /** Whole tables of small categories, dependent ones and one-hot ones included: nobody copied anything in them. */
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are no duplicates (seed %i)', (seed) => {
    const random = createRandom(seed)
    const nRows = 1_500
    const base = Array.from({ length: nRows }, () => [random.below(3), random.below(4), random.below(2 + (seed % 3))])
    const parts = [
      categories(
        'a',
        base.map(([a]) => `a${a}`),
      ),
      categories(
        'b',
        base.map(([, b]) => `b${b}`),
      ),
      // Follows a in nine rows of ten.
      categories(
        'c',
        base.map(([a, , c]) => (random.below(10) === 0 ? `c${c}` : `c${a}`)),
      ),
      categories(
        'alias of a',
        base.map(([a]) => 'xyz'[a]),
      ),
      ...[0, 1, 2, 3].map((level) =>
        numbers(
          `b is ${level}`,
          base.map(([, b]) => (b === level ? 1 : 0)),
        ),
      ),
    ]
    const y = Uint8Array.from(base, ([a]) => (random.below(4) < a ? 1 : 0))
    for (const columns of [parts, parts.slice(0, 3), parts.slice(4), [parts[0], parts[3]]])
      expect(found(findTraps({ table: { nRows, columns }, y, target: 'y' }))).toEqual([])
  })
})
