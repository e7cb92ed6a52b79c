import { expect, test } from 'vitest'
import type { Table } from '../learn/index.ts'
import { compareColumns } from './compare-columns.ts'

/** Amounts and providers as learned, or shifted: amounts dearer by a factor, hospitals more frequent. Fixed seeds. */
function claims(
  nRows: number,
  { seed, dearer = 1, hospitals = 0.3 }: { seed: number; dearer?: number; hospitals?: number },
): Table {
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const amounts = new Float64Array(nRows)
  const ages = new Float64Array(nRows)
  const codes = new Int32Array(nRows)
  for (let row = 0; row < nRows; row++) {
    amounts[row] = dearer * Math.exp(4 + 2 * random() + random())
    ages[row] = random() < 0.1 ? NaN : 18 + 70 * random()
    codes[row] = random() < hospitals ? 1 : 0
  }
  return {
    nRows,
    columns: [
      { kind: 'number', name: 'amount', values: amounts },
      { kind: 'number', name: 'age', values: ages },
      { kind: 'category', name: 'provider', codes, levels: ['clinic', 'hospital'] },
    ],
  }
}

const scoreOf = (table: Table) => {
  const [amount] = table.columns
  if (amount.kind !== 'number') throw new TypeError('amount is a number')
  return amount.values.map((value) => value / (value + 400))
}
const side = (table: Table) => ({ table, score: scoreOf(table) })
const reference = side(claims(5_000, { seed: 11 }))

test.each([100, 150, 300, 1_000, 5_000])('no drift is found in %i rows of the same kind', (nRows) => {
  for (const seed of [21, 22, 23, 24, 25, 26, 27, 28]) {
    const report = compareColumns(reference, side(claims(nRows, { seed })))
    expect(report).toMatchObject({ status: 'none', shareDrifted: 0, nReference: 5_000, nCurrent: nRows })
    expect(report.features.map(({ drifted }) => drifted)).toEqual([false, false, false])
  }
})

test('dearer claims are found, first among the features, in the score too, and critical', () => {
  const report = compareColumns(reference, side(claims(500, { seed: 31, dearer: 2 })))
  expect(report.status).toBe('critical')
  expect(report.features[0]).toMatchObject({
    name: 'amount',
    kind: 'number',
    test: 'ks',
    drifted: true,
    psiStatus: 'major',
  })
  expect(report.features.filter(({ drifted }) => drifted)).toHaveLength(1)
  expect(report.shareDrifted).toBeCloseTo(1 / 3)
  expect(report.score).toMatchObject({ name: 'score', kind: 'score', drifted: true, importance: 1 })
  expect(report.driftScore).toBeCloseTo(Math.max(report.features[0].psi, report.score!.psi))
})

test('a shift in categories is found by chi-square', () => {
  const report = compareColumns({ table: reference.table }, { table: claims(500, { seed: 32, hospitals: 0.6 }) })
  expect(report.features[0]).toMatchObject({ name: 'provider', kind: 'category', test: 'chi-square', drifted: true })
  expect(report.score).toBeNull()
})

test('a shift of what the model does not use weighs little', () => {
  const shifted = { table: claims(1_000, { seed: 33, hospitals: 0.6 }) }
  const importance = { amount: 0.2, age: 0.1, provider: 0.02 }
  const report = compareColumns({ table: reference.table }, shifted, { importance })
  const provider = report.features.find(({ name }) => name === 'provider')!
  expect(provider).toMatchObject({ drifted: true, importance: expect.closeTo(0.1) })
  expect(report.status).toBe('none')
  expect(report.driftScore).toBeLessThan(provider.psi / 5)
})

test('with fewer rows than the minimum nothing is judged', () => {
  expect(compareColumns(reference, side(claims(99, { seed: 34, dearer: 5 })))).toMatchObject({
    status: 'insufficient-data',
    driftScore: null,
    nCurrent: 99,
    minimumRows: 100,
    features: [],
    score: null,
  })
  const settings = { watch: 0.1, minimumRows: 50 }
  expect(compareColumns(reference, side(claims(99, { seed: 34, dearer: 5 })), { settings }).status).toBe('critical')
})

test('a column that is gone has drifted into its missing values', () => {
  const { nRows, columns } = claims(500, { seed: 35 })
  const report = compareColumns({ table: reference.table }, { table: { nRows, columns: columns.slice(1) } })
  expect(report.features[0]).toMatchObject({ name: 'amount', drifted: true })
  expect(report.features[0].bins.at(-1)).toEqual({ label: 'missing', reference: 0, current: 1 })
})

test('bins have labels to read, and shares that add up to one', () => {
  const report = compareColumns(reference, side(claims(500, { seed: 36 })))
  for (const feature of [...report.features, report.score!])
    for (const part of ['reference', 'current'] as const)
      expect(feature.bins.reduce((sum, bin) => sum + bin[part], 0)).toBeCloseTo(1, 12)
  const provider = report.features.find(({ name }) => name === 'provider')!
  expect(provider.bins.map(({ label }) => label)).toEqual(['clinic', 'hospital'])
  const age = report.features.find(({ name }) => name === 'age')!
  expect(age.bins[0].label).toMatch(/^up to /)
  expect(age.bins.at(-1)!.label).toBe('missing')
})

test('the report does not depend on how the window was cut', () => {
  const whole = compareColumns(reference, side(claims(1_000, { seed: 37, dearer: 1.3 })))
  const shuffled = side(claims(1_000, { seed: 37, dearer: 1.3 }))
  for (const column of shuffled.table.columns) if (column.kind === 'number') column.values.reverse()
  shuffled.score.reverse()
  expect(compareColumns(reference, shuffled)).toEqual(whole)
})
