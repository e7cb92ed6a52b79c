import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import golden from '../../test/golden/fairness/fairness.json' with { type: 'json' }
import { categories } from '../../test/learning-tables.ts'
import { fairnessReport } from './index.ts'

const differences = [
  'demographicParityDifference',
  'disparateImpact',
  'equalOpportunityDifference',
  'equalizedOddsDifference',
] as const

type Rows = { y: number[]; score: number[]; group: (string | null)[]; threshold: number }
const report = ({ y, score, group, threshold }: Rows, more: { minGroupSize?: number; nResamples?: number } = {}) =>
  fairnessReport({
    y: Uint8Array.from(y),
    score: Float64Array.from(score),
    threshold,
    group: categories('group', group),
    attribute: 'group',
    nResamples: 200,
    seed: 5,
    ...more,
  })

describe.each(golden.cases)('$name', (given) => {
  const fairness = report(given)

  it.each(differences)('%s agrees with fairlearn', (name) => {
    expect(Math.abs(fairness[name].estimate - given[name])).toBeLessThan(1e-9)
  })

  it('has the rates of every group', () => {
    const wanted: Record<string, { n: number; selectionRate: number; tpr: number; fpr: number }> = JSON.parse(
      JSON.stringify(given.groups),
    )
    expect(fairness.groups.map(({ group }) => group).sort()).toEqual(Object.keys(wanted).sort())
    for (const { group, n, selectionRate, tpr, fpr } of fairness.groups) {
      expect(n).toBe(wanted[group].n)
      expect(selectionRate.estimate).toBeCloseTo(wanted[group].selectionRate, 12)
      expect(tpr.estimate).toBeCloseTo(wanted[group].tpr, 12)
      expect(fpr.estimate).toBeCloseTo(wanted[group].fpr, 12)
    }
  })
})

describe('laws', () => {
  const rows: fc.Arbitrary<Rows> = fc
    .array(fc.tuple(fc.nat(1), fc.nat(20), fc.constantFrom('a', 'b', 'c')), { minLength: 4, maxLength: 60 })
    .map((drawn) => ({
      y: drawn.map(([label]) => label),
      score: drawn.map(([, twentieths]) => twentieths / 20),
      group: drawn.map(([, , group]) => group),
      threshold: 0.5,
    }))
  const estimates = (given: Rows) => {
    const fairness = report(given, { minGroupSize: 1, nResamples: 0 })
    return differences.map((name) => fairness[name].estimate)
  }

  test('neither the names of the groups nor the order of the rows matter', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const renamed = given.group.map((group) => ({ a: 'z', b: 'x', c: 'y' })[group!]!)
        expect(estimates({ ...given, group: renamed })).toEqual(estimates(given))
        const [y, score, group] = [given.y.toReversed(), given.score.toReversed(), given.group.toReversed()]
        expect(estimates({ ...given, y, score, group })).toEqual(estimates(given))
      }),
    )
  })

  test('groups that are copies of one another do not differ', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const twice = { ...given, y: [...given.y, ...given.y], score: [...given.score, ...given.score] }
        const [parity, impact, opportunity] = estimates({
          ...twice,
          group: [...given.y.map(() => 'a'), ...given.y.map(() => 'b')],
        })
        expect(parity).toBe(0)
        expect(given.score.some((value) => value >= 0.5) ? impact : 1).toBe(1)
        expect(given.y.includes(1) ? opportunity : 0).toBe(0)
      }),
    )
  })
})

describe('intervals and small groups', () => {
  it('is close to a bootstrap of rows', () => {
    const given = golden.cases[0]
    const fairness = report(given, { nResamples: 2_000 })
    let state = 1
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    const values = Array.from({ length: 1_000 }, () => {
      const rows = given.y.map(() => Math.floor(random() * given.y.length))
      const take = <T>(from: T[]) => rows.map((row) => from[row])
      const drawn = { ...given, y: take(given.y), score: take(given.score), group: take(given.group) }
      return report(drawn, { nResamples: 0 }).demographicParityDifference.estimate
    }).sort((a, b) => a - b)
    const { estimate, lower, upper } = fairness.demographicParityDifference
    // Cells against rows, and the normal approximation of large binomials: within a tenth of the width.
    expect(Math.abs(lower - values[25])).toBeLessThan(0.1 * (upper - lower))
    expect(Math.abs(upper - values[975])).toBeLessThan(0.1 * (upper - lower))
    expect(lower <= estimate && estimate <= upper).toBe(true)
    expect(report(given, { nResamples: 2_000 })).toEqual(fairness)
  })

  it('reports a small group and does not judge it; rows of no group are left out', () => {
    const given: Rows = {
      y: [...Array(40).fill(1), ...Array(40).fill(0), 1, 1, 0],
      score: [...Array(40).fill(0.9), ...Array(40).fill(0.1), 0.9, 0.1, 0.1],
      group: [...Array(80).keys()].map((row) => (row % 2 === 0 ? 'a' : 'b')),
      threshold: 0.5,
    }
    const fairness = report({ ...given, group: [...given.group, 'few', 'few', null] })
    expect(fairness.groups.map(({ group, n, judged }) => ({ group, n, judged }))).toEqual([
      { group: 'a', n: 40, judged: true },
      { group: 'b', n: 40, judged: true },
      { group: 'few', n: 2, judged: false },
    ])
    expect(fairness.demographicParityDifference.estimate).toBe(0)
    expect(fairness.equalOpportunityDifference.estimate).toBe(0)
  })

  it('holds the estimate where the groups are the same, though every resample differs', () => {
    const rows = [...Array(400).keys()]
    const given: Rows = {
      y: rows.map((row) => ((row >> 1) % 4 === 0 ? 1 : 0)),
      score: rows.map((row) => ((row >> 1) % 3 === 0 ? 0.9 : 0.1)),
      group: rows.map((row) => (row % 2 === 0 ? 'a' : 'b')),
      threshold: 0.5,
    }
    const fairness = report(given)
    expect(fairness.demographicParityDifference).toMatchObject({ estimate: 0, lower: 0 })
    expect(fairness.disparateImpact).toMatchObject({ estimate: 1, upper: 1 })
    expect(fairness.equalOpportunityDifference).toMatchObject({ estimate: 0, lower: 0 })
  })

  it('has no difference where no group can be judged', () => {
    const fairness = report({ y: [0, 1], score: [0.2, 0.8], group: ['a', 'b'], threshold: 0.5 })
    for (const name of differences) expect(fairness[name].estimate).toBeNaN()
  })
})
