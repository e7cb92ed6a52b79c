import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { loadModel, serialiseModel } from '../model/format.ts'
import { trainModel } from '../model/train-model.ts'
import { createRandom } from '../random.ts'
import type { Table } from '../table.ts'
import { decodeTrees } from '../testing/decode-trees.ts'
import { slowBoosting } from '../testing/slow-boosting.ts'
import type { BoostedTrees } from './boosted-trees.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import type { Monotone } from './monotone.ts'
import type { BoostingOptions } from './options.ts'
import { anyOptions, randomData } from './random-data.fixture.ts'

const fit = (
  data: { table: Table; y: Uint8Array; weights?: Float64Array },
  options: Partial<BoostingOptions>,
): Promise<BoostedTrees> => new GradientBoostingClassifier({ nTrees: 5, nThreads: 1, ...options }).fit(data)

/** A direction, or none, for each column of numbers. */
function anyDirections({ columns }: Table, seed: number): Monotone {
  const random = createRandom(seed, 11)
  const names = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name)
  const directions = names.map((name) => [name, ['increasing', 'decreasing', undefined][random.below(3)]])
  return Object.fromEntries(directions.filter(([, direction]) => direction)) as Monotone
}

describe('boosting along monotone columns', () => {
  it('grows the trees of the slow, obvious version', { timeout: 120_000 }, async () => {
    let nMonotone = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), anyOptions, async (seed, options) => {
        const data = randomData(seed)
        const monotone = anyDirections(data.table, seed)
        nMonotone += Object.keys(monotone).length
        const fitted = await fit(data, { ...options, monotone })
        expect(decodeTrees(fitted)).toEqual(slowBoosting(data, fitted.options).trees)
      }),
      { numRuns: 40 },
    )
    expect(nMonotone).toBeGreaterThan(20)
  })

  it(
    'never lets a score fall against its direction, whatever the other columns hold',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(2 ** 31), anyOptions, async (seed, options) => {
          const { table, y } = mixedTable(600, seed)
          const monotone: Monotone = { amount: 'increasing', age: 'decreasing' }
          const fitted = await fit(
            { table, y },
            { ...options, nTrees: 20, learningRate: 0.3, minSamplesLeaf: 3, monotone },
          )
          const random = createRandom(seed, 5)
          for (let i = 0; i < 20; i++) {
            const other = {
              amount: random.below(5) ? 1000 * random.unit() : null,
              age: random.below(5) ? random.below(90) : null,
              region: random.below(5) ? 'abcdefgh'[random.below(8)] : null,
              agent: `agent ${random.below(50)}`,
            }
            const along = (name: string, grid: number[]): number[] =>
              grid.map((x) => fitted.predictRow({ ...other, [name]: x }))
            const rising = along('amount', [-Infinity, ...Array.from({ length: 60 }, (_, k) => 17 * k), Infinity])
            const falling = along('age', [-Infinity, ...Array.from({ length: 60 }, (_, k) => 1.5 * k), Infinity])
            expect(rising).toEqual(rising.toSorted((a, b) => a - b))
            expect(falling).toEqual(falling.toSorted((a, b) => b - a))
          }
        }),
        { numRuns: 15 },
      )
    },
  )

  it('still learns from a missing value what it means, above or below all others', async () => {
    const n = 3000
    const random = createRandom(4)
    const x = Array.from({ length: n }, () => (random.below(4) ? random.unit() : null))
    const y = Uint8Array.from(x, (value) => (random.unit() < (value === null ? 0.95 : 0.6 * value) ? 1 : 0))
    const fitted = await fit(
      { table: { nRows: n, columns: [numbers('x', x)] }, y },
      { nTrees: 60, monotone: { x: 'increasing' } },
    )
    expect(fitted.predictRow({ x: null })).toBeGreaterThan(fitted.predictRow({ x: 1 }) + 0.2)
    expect(fitted.predictRow({ x: 0.9 })).toBeGreaterThan(fitted.predictRow({ x: 0.1 }) + 0.2)
  })

  it('keeps a law that the data breaks, and says little where they say the opposite', async () => {
    const n = 2000
    const random = createRandom(9)
    const x = Array.from({ length: n }, () => random.unit())
    const y = Uint8Array.from(x, (value) => (random.unit() < 0.9 - 0.8 * value ? 1 : 0))
    const table = { nRows: n, columns: [numbers('x', x)] }
    const fitted = await fit({ table, y }, { nTrees: 30, monotone: { x: 'increasing' } })
    const scores = fitted.predict(table)
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(0.02)
  })

  it('gives the same trees on 1, 2 and 7 threads', async () => {
    const data = mixedTable(9000)
    const monotone: Monotone = { amount: 'increasing', age: 'decreasing' }
    const [one, ...others] = await Promise.all(
      [1, 2, 7].map((nThreads) => fit(data, { nTrees: 8, nThreads, monotone })),
    )
    for (const other of others) expect(other).toEqual(one)
  })
})

describe('the option monotone', () => {
  const { table, y } = mixedTable(300)
  const train = (monotone: unknown) => {
    const options = { nTrees: 3, nThreads: 1, monotone: monotone as Monotone }
    return trainModel({ table, y, target: 't', positive: '1', algorithm: 'gradient_boosting', options })
  }
  const refusal = (monotone: unknown): Promise<string> =>
    train(monotone).then(
      () => 'nothing',
      (error: Error & { code: string }) => `${error.code} ${error.message}`,
    )

  it('is part of the bytes where it is given, in the order of names, and of no others', async () => {
    const bytes = serialiseModel(await train({ amount: 'increasing', age: 'decreasing' }))
    expect(serialiseModel(await train({ age: 'decreasing', amount: 'increasing' }))).toEqual(bytes)
    expect(loadModel(bytes).describe()).toMatchObject({
      options: { monotone: { amount: 'increasing', age: 'decreasing' } },
    })
    expect(serialiseModel(await train({}))).toEqual(serialiseModel(await train(undefined)))
    expect(new TextDecoder('latin1').decode(serialiseModel(await train({})))).not.toContain('monotone')
  })

  it('is refused for a category, an unknown column and another direction', async () => {
    expect(await refusal({ region: 'increasing' })).toBe(
      'OPTION_INVALID Option monotone is increasing for the category region; allowed: columns of numbers, here amount, age.',
    )
    expect(await refusal({ premium: 'decreasing' })).toContain('decreasing for the unknown column premium')
    expect(await refusal({ amount: 'up' })).toContain(
      'is {"amount":"up"}; allowed: an object of columns with increasing',
    )
    expect(await refusal(['amount'])).toContain('is ["amount"]')
    const columns = [categories('region', ['a', 'b', 'a', 'b'])]
    const fitting = fit(
      { table: { nRows: 4, columns }, y: Uint8Array.of(0, 1, 0, 1) },
      { monotone: { region: 'increasing' } },
    )
    await expect(fitting).rejects.toThrow('columns of numbers, here none')
  })
})
