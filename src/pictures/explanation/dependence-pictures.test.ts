import { describe, expect, it } from 'vitest'
import { drawn, faultsOf } from '../drawn.fixture.ts'
import { dependencePicture, type DependenceInput } from './dependence.ts'
import { allUnits, byCategory, byNumber, explainedRows } from './explanation.fixture.ts'
import { levelRows } from './level-rows.ts'
import { partialDependencePicture, type PartialDependenceInput } from './partial-dependence.ts'

const features = explainedRows(80)
const feature = (name: string) => features.find((one) => one.name === name)!
const numbers = (values: (number | null)[], contributions = values.map((value) => value ?? -1)): DependenceInput => ({
  unit: 'logOdds',
  feature: { name: 'x', kind: 'number', values, contributions },
})

describe('dependencePicture', () => {
  it('lays each row over its value, the contribution upwards', () => {
    const { dots, words } = drawn(dependencePicture(numbers([1, 2, 3])))
    const drawnDots = dots('dots')
    const [first, second, third] = drawnDots.toSorted((a, b) => a.x - b.x)
    expect(drawnDots).toHaveLength(3)
    expect(second.x - first.x).toBeCloseTo(third.x - second.x, 0)
    expect(first.y - second.y).toBeCloseTo(second.y - third.y, 0)
    expect(first.y).toBeGreaterThan(third.y)
    expect(words).toEqual(expect.arrayContaining(['x', 'contribution (log-odds)']))
  })

  it('puts rows without a value beside the others, and only then has a place for them', () => {
    const { dots, words } = drawn(dependencePicture(numbers([null, 5, null, 9])))
    const [a, b, least] = dots('dots').toSorted((a, b) => a.x - b.x)
    expect(words).toContain('missing')
    expect(a.x).not.toBe(b.x)
    expect(least.x - b.x).toBeGreaterThan(10)
    expect(drawn(dependencePicture(numbers([5, 9]))).words).not.toContain('missing')
  })

  it('has decades on its axis for amounts far apart, and not for others', () => {
    const amounts = Array.from({ length: 60 }, (_, i) => 10 * 1.15 ** i)
    const { words, dots } = drawn(dependencePicture(numbers(amounts)))
    expect(words).toEqual(expect.arrayContaining(['x (logarithmic)', '100', '1000', '10,000']))
    const across = dots('dots').map(({ x }) => x)
    expect(across[59] - across[58]).toBeCloseTo(across[1] - across[0], 0)
    expect(drawn(dependencePicture(numbers([0, ...amounts]))).words).toContain('x')
  })

  it('colours by another feature and says which', () => {
    const input = { unit: 'logOdds' as const, feature: feature('prior_denials') }
    const plain = drawn(dependencePicture(input))
    expect(new Set(plain.dots('dots').map(({ colour }) => colour))).toEqual(new Set(['chart-current']))
    const coloured = drawn(dependencePicture({ ...input, colourBy: feature('place_of_service') }))
    expect(new Set(coloured.dots('dots').map(({ colour }) => colour))).toEqual(
      new Set(['category1', 'category2', 'category3', 'category4', 'chart-reference']),
    )
    expect(coloured.words[0]).toBe('80 sampled rows · colour: place of service')
    expect(coloured.words).toContain('2 other')
  })

  it('has a strip for each category in the order of the names, with its mean', () => {
    const { nMarks, words } = drawn(dependencePicture({ unit: 'logOdds', feature: feature('place_of_service') }))
    const levels = ['ambulance', 'home', 'inpatient', 'office', 'outpatient', 'telehealth']
    expect(words.filter((text) => levels.includes(text))).toEqual(levels)
    expect(nMarks('means')).toBe(6)
  })

  it('writes days as dates', () => {
    const { words } = drawn(dependencePicture({ unit: 'logOdds', feature: feature('service_date') }), 900)
    expect(words.join(' ')).toMatch(/2022|2023/)
    expect(words).not.toContain('19,000')
  })

  it.each<[string, DependenceInput['feature']]>([
    ...features.map((one): [string, DependenceInput['feature']] => [one.name, one]),
    ['one value', numbers([4, 4]).feature],
    ['no value', numbers([null, null]).feature],
    ['no row', numbers([]).feature],
    ['huge dates', { ...numbers([1e12, -1e12]).feature, format: 'date' }],
    ['numbers below zero', numbers([-1e9, 1e9, 0]).feature],
    ['one category', { name: 'x', kind: 'category', values: ['<b>', null], contributions: [0, 0] }],
  ])('is sound for %s', (_, feature) => {
    for (const unit of allUnits) {
      expect(faultsOf(dependencePicture({ unit, feature, colourBy: feature }))).toEqual([])
    }
  })
})

describe('levelRows', () => {
  it('has the most frequent levels by name, numbers in names by their size, then the others, then the missing', () => {
    const values = ['room 10', 'room 9', null, 'b', 'room 9', 'room 10', 'missing', 'missing']
    expect(levelRows(values, 3).map(({ label, rows }) => [label, rows])).toEqual([
      ['missing', [6, 7]],
      ['room 9', [1, 4]],
      ['room 10', [0, 5]],
      ['1 others', [3]],
      ['missing', [2]],
    ])
    expect(new Set(levelRows(values, 3).map(({ name }) => name)).size).toBe(5)
  })
})

describe('partialDependencePicture', () => {
  it('draws the mean over the curves of single rows, and the share of rows below', () => {
    const { nMarks, points, words } = drawn(partialDependencePicture(byNumber))
    expect(nMarks('single rows')).toBe(8)
    expect(nMarks('shares')).toBe(12)
    const mean = points('mean')
    expect(mean.length).toBeGreaterThanOrEqual(11)
    expect(mean[0][1]).toBeGreaterThan(mean.at(-1)![1])
    expect(words).toEqual(expect.arrayContaining(['score (%)', 'share of rows (%)', 'prior denials', 'missing']))
    expect(words[0]).toBe('— mean score · grey lines: 8 single rows')
  })

  it('is dashed where hardly any row lies, and says so', () => {
    const share = [0.3, 0.3, 0.28, 0.001, 0, 0.001, 0.1, 0, 0.001, 0.001, 0.015]
    const { points, words } = drawn(partialDependencePicture({ ...byNumber, share }))
    const solid = points('mean').map(([x]) => x)
    const dashed = points('mean where few rows lie').map(([x]) => x)
    expect(solid).toHaveLength(3)
    expect(dashed).toHaveLength(9)
    expect(dashed[0]).toBe(solid[2])
    expect(dashed).toEqual(dashed.toSorted((a, b) => a - b))
    expect(words[0]).toBe('— mean score · – – few rows · grey lines: 8 single rows')
    expect(drawn(partialDependencePicture(byNumber)).nMarks('mean where few rows lie')).toBe(0)
  })

  it('has a logarithmic axis by the median of the rows, not of the points', () => {
    const grid = Array.from({ length: 11 }, (_, i) => 1 + i * 100)
    const share = grid.map((_, i) => (i === 0 ? 0.9 : 0.01))
    expect(drawn(partialDependencePicture({ ...byNumber, grid, share })).words).toContain('prior denials (logarithmic)')
    const even = { ...byNumber, grid, share: grid.map(() => 0.09) }
    expect(drawn(partialDependencePicture(even)).words).toContain('prior denials')
  })

  it('says where the score is lowest and highest', () => {
    expect(partialDependencePicture(byCategory).description).toBe(
      'Mean score with place of service set to each of 4 values in every row: from 24.5 % to 54.5 %. Lowest at home (24.5 %), highest at ward 9 (54.5 %).',
    )
  })

  it('has a row for each category in the order of the names, with its share of the rows', () => {
    const { words, nMarks, dots } = drawn(partialDependencePicture(byCategory))
    expect(words.filter((text) => byCategory.grid.includes(text))).toEqual(['home', 'office', 'ward 9', 'ward 10'])
    expect(words.filter((text) => text.endsWith(' %'))).toEqual(['30.0 %', '50.0 %', '5.0 %', '15.0 %'])
    expect(nMarks('mean')).toBe(4)
    expect(dots('single rows')).toHaveLength(160)
  })

  it('draws no more than sixty single rows', () => {
    const ice = Array.from({ length: 100 }, () => byNumber.mean)
    const input = { ...byNumber, ice, missing: { ...byNumber.missing!, ice: ice.map(() => 0.2) } }
    const { nMarks, words } = drawn(partialDependencePicture(input))
    expect(nMarks('single rows')).toBe(60)
    expect(words[0]).toContain('60 single rows')
  })

  it.each<[string, PartialDependenceInput]>([
    ['a number', byNumber],
    ['a category', byCategory],
    ['a date', { ...byNumber, format: 'date', grid: byNumber.grid.map((value) => 19_000 + Number(value)) }],
    ['one value', { ...byNumber, grid: [3], mean: [0.5], ice: [[0.5]], share: [1], missing: undefined }],
    ['rows at one of many values', { ...byNumber, share: byNumber.grid.map((_, i) => (i === 5 ? 0.9 : 0)) }],
    ['no row at any value', { ...byNumber, share: byNumber.grid.map(() => 0) }],
    ['no value', { ...byNumber, grid: [], mean: [], ice: [], share: [], missing: undefined }],
    ['no single rows', { ...byCategory, ice: [] }],
    ['a score that never changes', { ...byNumber, mean: byNumber.mean.map(() => 0), ice: [] }],
  ])('is sound for %s', (_, input) => expect(faultsOf(partialDependencePicture(input))).toEqual([]))
})
