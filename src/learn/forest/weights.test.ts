import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixedTable, numbers } from '../../../test/learning-tables.ts'
import { createRandom } from '../random.ts'
import { takeRows, type Table } from '../table.ts'
import { aliasTable, mostTimesDrawn } from './alias-table.ts'
import { ExtraTreesClassifier } from './extra-trees-classifier.ts'
import { fixTargets, fixWeights } from './fixed-point.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

const kinds = [
  ['a random forest', (options: object) => new RandomForestClassifier({ nTrees: 10, nThreads: 1, ...options })],
  ['extra trees', (options: object) => new ExtraTreesClassifier({ nTrees: 10, nThreads: 1, ...options })],
] as const

/** Numbers of few values, so that more of the same rows leave the bins alone, with whole weights. */
function fewValues(nRows: number): { table: Table; y: Uint8Array; weights: Float64Array } {
  const random = createRandom(5)
  const column = (name: string, n: number) =>
    numbers(
      name,
      Array.from({ length: nRows }, () => random.below(n) ** 2),
    )
  const columns = [column('a', 8), column('b', 12), column('c', 3)]
  const y = Uint8Array.from({ length: nRows }, (_, row) => {
    return columns[0].values[row] + columns[1].values[row] / 2 + 20 * random.unit() > 45 ? 1 : 0
  })
  return { table: { nRows, columns }, y, weights: Float64Array.from(y, (label) => 1 + random.below(3) + 2 * label) }
}

/** Each row as often as it weighs. */
function repeated({ table, y, weights }: ReturnType<typeof fewValues>): { table: Table; y: Uint8Array } {
  const rows = Int32Array.from([...weights].flatMap((times, row) => Array<number>(times).fill(row)))
  return { table: takeRows(table, rows), y: Uint8Array.from(rows, (row) => y[row]) }
}

describe.each(kinds)('weights in %s', (_, create) => {
  it('change nothing when all are equal', async () => {
    const { table, y } = mixedTable(300)
    const plain = await create({}).fit({ table, y })
    expect((await create({}).fit({ table, y, weights: new Float64Array(300).fill(0.3) })).trees).toEqual(plain.trees)
  })

  it('of 0 leave rows out as if they were not there', async () => {
    const { table, y } = mixedTable(300)
    const weights = Float64Array.from(y, (_, row) => row % 4)
    const used = Int32Array.from(y.keys()).filter((row) => row % 4 > 0)
    const rows = { table: takeRows(table, used), y: Uint8Array.from(used, (row) => y[row]) }
    const without = await create({}).fit({ ...rows, weights: weights.filter(Boolean) })
    const forest = await create({}).fit({ table, y, weights })
    expect(forest.trees).toEqual(without.trees)
    expect(forest.preparation).toEqual(without.preparation)
  })

  it('count in proportion: their unit does not matter', async () => {
    const { weights, ...rows } = fewValues(200)
    const forest = await create({}).fit({ ...rows, weights })
    expect((await create({}).fit({ ...rows, weights: weights.map((weight) => weight / 1024) })).trees).toEqual(
      forest.trees,
    )
  })

  it('of whole numbers are repeated rows, on average over the trees', async () => {
    const data = fewValues(400)
    const options = { nTrees: 600, minSamplesLeaf: 1, maxDepth: 4 }
    const weighted = (await create(options).fit(data)).predict(data.table)
    const rows = (await create({ ...options, seed: 1 }).fit(repeated(data))).predict(data.table)
    const plain = (await create(options).fit({ table: data.table, y: data.y })).predict(data.table)
    const distance = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, score, row) => sum + Math.abs(score - b[row]), 0) / a.length
    // Forests of the same rows and other seeds are up to 0.012 apart.
    expect(distance(weighted, rows)).toBeLessThan(0.02)
    expect(distance(plain, rows)).toBeGreaterThan(0.05)
  })

  it('are refused when they are wrong', async () => {
    const { table, y } = mixedTable(50)
    const refused = (weights: Float64Array): Promise<unknown> => create({}).fit({ table, y, weights })
    const code = 'WEIGHTS_INVALID'
    await expect(refused(new Float64Array(49).fill(1))).rejects.toMatchObject({ code })
    await expect(refused(new Float64Array(50).fill(1).with(3, -1))).rejects.toMatchObject({ code })
    await expect(refused(Float64Array.from(y))).rejects.toMatchObject({ code })
  })
})

describe('extra trees of all rows', () => {
  it('take whole weights as repeated rows: exactly the same scores', async () => {
    const data = fewValues(200)
    const create = (): ExtraTreesClassifier => new ExtraTreesClassifier({ nTrees: 20, nThreads: 1, minSamplesLeaf: 1 })
    const weighted = await create().fit(data)
    const rows = await create().fit(repeated(data))
    expect(weighted.predict(data.table)).toEqual(rows.predict(data.table))
  })
})

describe('aliasTable', () => {
  it('gives each row the chance that its weight says, to 2^-32', () => {
    const weight = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), (list) => {
        const table = aliasTable(Float64Array.from(list))
        const chances = list.map(() => 0)
        list.forEach((_, row) => {
          const stays = table[2 * row + 1] === row ? 1 : table[2 * row] / 2 ** 32
          chances[row] += stays / list.length
          chances[table[2 * row + 1]] += (1 - stays) / list.length
        })
        const sum = list.reduce((total, weight) => total + weight, 0)
        list.forEach((weight, row) => expect(Math.abs(chances[row] - weight / sum)).toBeLessThan(1e-9))
      }),
    )
  })

  it('knows how often the heaviest row is expected', () => {
    expect(mostTimesDrawn(Float64Array.of(1, 1, 6))).toBeCloseTo(2.25, 12)
  })
})

describe('fixed point', () => {
  it('keeps whole weights in proportion, and lets none vanish', () => {
    const out = new Float64Array(4)
    expect(fixWeights(Float64Array.of(1, 2, 5, 1e-30), out)).toBe(out.reduce((sum, weight) => sum + weight))
    expect([out[1] / out[0], out[2] / out[0], out[3]]).toEqual([2, 5, 1])
  })

  it('keeps the sums of targets below 2^62 and each to the last bits of a float64 or of what the weights leave', () => {
    const values = Float64Array.of(-3.25, 1e6, 0.1)
    const out = new Float64Array(3)
    const unit = fixTargets(values, 2 ** 36, out)
    expect(Math.max(...out.map(Math.abs)) * 2 ** 36).toBeLessThanOrEqual(2 ** 62)
    out.forEach((whole, row) => expect(Math.abs(whole * unit - values[row])).toBeLessThanOrEqual(unit / 2))
    expect(out.every(Number.isInteger)).toBe(true)
    expect(fixTargets(new Float64Array(2), 2, new Float64Array(2))).toBe(1)
  })
})
