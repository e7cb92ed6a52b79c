import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers, rowOf } from '../../../test/learning-tables.ts'
import { rocAucScore } from '../metrics/index.ts'
import { loadModel, serialiseModel } from '../model/format.ts'
import { takeRows, type Column, type Table } from '../table.ts'
import { logisticRegressionAlgorithm } from './algorithm.ts'
import type { LinearModel } from './linear-model.ts'
import { LogisticRegression } from './logistic-regression.ts'
import type { LogisticRegressionOptions } from './options.ts'

const exact = { tolerance: 1e-9, maxIterations: 2000 }

type Given = { table: Table; y: Uint8Array; weights?: Float64Array }
function train(given: Given, options: Partial<LogisticRegressionOptions> = {}): Promise<LinearModel> {
  return logisticRegressionAlgorithm.train({ ...given, target: 'outcome', positive: 'denied' }, options, {})
}

const tableOf = (...columns: Column[]): Table => {
  const [first] = columns
  return { nRows: first.kind === 'number' ? first.values.length : first.codes.length, columns }
}

/** Both trainings end where a slope of about 1e-9 is left. */
const closeTo = (wanted: Float64Array): unknown[] => Array.from(wanted, (score): unknown => expect.closeTo(score, 6))

/** A table of every kind of column, some of it missing, and labels of both classes. */
const anyData = fc
  .record({ seed: fc.nat(1000), nRows: fc.integer({ min: 30, max: 90 }) })
  .map(({ seed, nRows }) => {
    const { table, y } = mixedTable(nRows, seed)
    const dates = {
      ...numbers(
        'at',
        Array.from(y, (_, row) => (row % 9 ? 19_000 + ((row * 37) % 400) : null)),
      ),
      format: 'date' as const,
    }
    return { table: { nRows, columns: [...table.columns, dates] }, y }
  })
  .filter(({ y }) => y.includes(0) && y.includes(1))

describe('laws', () => {
  it('does not depend on the order of rows or columns', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, async ({ table, y }) => {
        const wanted = (await train({ table, y }, exact)).predict(table)
        const turned = Int32Array.from(y.keys()).reverse()
        const rows = await train({ table: takeRows(table, turned), y: y.toReversed() }, exact)
        const columns = await train({ table: { ...table, columns: table.columns.toReversed() }, y }, exact)
        expect([...rows.predict(table)]).toEqual(closeTo(wanted))
        expect([...columns.predict(table)]).toEqual(closeTo(wanted))
      }),
      { numRuns: 20 },
    )
  })

  it('does not depend on unit and origin of a number, be it far from 0', async () => {
    const move = fc.record({ factor: fc.constantFrom(-2, 1e-9, 1e6), shift: fc.constantFrom(0, 1e3, 1.7e12) })
    await fc.assert(
      fc.asyncProperty(anyData, move, async ({ table, y }, { factor, shift }) => {
        const moved = {
          ...table,
          columns: table.columns.map((column): Column =>
            column.name === 'amount' && column.kind === 'number'
              ? { ...column, values: column.values.map((value) => factor * (value + shift)) }
              : column,
          ),
        }
        expect([...(await train({ table: moved, y }, exact)).predict(moved)]).toEqual(
          closeTo((await train({ table, y }, exact)).predict(table)),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('takes a weight as that many equal rows, and 0 as none', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, async ({ table, y }) => {
        const counts = Array.from(y, (_, row) => (row * 7) % 3)
        const rows = Int32Array.from([...y.keys()].flatMap((row) => Array.from({ length: counts[row] }, () => row)))
        const repeated = { table: takeRows(table, rows), y: Uint8Array.from(rows, (row) => y[row]) }
        if (!repeated.y.includes(0) || !repeated.y.includes(1)) return
        for (const classWeight of ['none', 'balanced'] as const) {
          const options = { ...exact, classWeight, clipQuantile: 0.1 }
          const weighted = await train({ table, y, weights: Float64Array.from(counts) }, options)
          expect([...weighted.predict(table)]).toEqual(closeTo((await train(repeated, options)).predict(table)))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('turns the scores round when the classes are swapped', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, async ({ table, y }) => {
        const swapped = await train({ table, y: y.map((label) => 1 - label) }, exact)
        expect(Array.from(swapped.predict(table), (score) => 1 - score)).toEqual(
          closeTo((await train({ table, y }, exact)).predict(table)),
        )
      }),
      { numRuns: 10 },
    )
  })

  it('comes back from its bytes, gives the same bytes again, and scores rows one by one as all at once', async () => {
    const options = fc.record({
      c: fc.constantFrom(0.01, 1, 100),
      l1Ratio: fc.constantFrom(0, 0.5, 1),
      clipQuantile: fc.constantFrom(0, 0.05),
    })
    await fc.assert(
      fc.asyncProperty(anyData, options, async ({ table, y }, options) => {
        const model = await train({ table, y }, options)
        const bytes = serialiseModel(model)
        expect(serialiseModel(await train({ table, y }, options))).toEqual(bytes)
        const loaded = loadModel(bytes)
        expect(serialiseModel(loaded)).toEqual(bytes)
        expect(loaded.signature).toEqual(model.signature)
        expect(loaded.describe()).toEqual(model.describe())
        const scores = model.predict(table)
        expect(loaded.predict(table)).toEqual(scores)
        expect(Array.from(scores, (_, row) => loaded.predictRow(rowOf(table, row)))).toEqual([...scores])
      }),
      { numRuns: 20 },
    )
  })

  it('satisfies the condition of its minimum: residuals are balanced by the penalty', async () => {
    const { table, y } = mixedTable(200)
    const model = await train({ table, y }, { ...exact, c: 0.5 })
    const residual = model.predict(table).map((score, row) => score - y[row])
    expect(residual.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
    const { coefficients } = model.describe() as {
      coefficients: { column: string; term: string; standardised: number }[]
    }
    const region = table.columns.find(({ name }) => name === 'region')!
    for (const { column, term, standardised } of coefficients) {
      if (column !== 'region' || !term.startsWith('=')) continue
      const code = region.kind === 'category' ? region.levels.indexOf(term.slice(2)) : -1
      const slope = residual.reduce(
        (sum, value, row) => sum + (region.kind === 'category' && region.codes[row] === code ? value : 0),
        0,
      )
      expect(0.5 * slope + standardised).toBeCloseTo(0, 5)
    }
  })
})

describe('preparation', () => {
  const y = Uint8Array.from({ length: 40 }, (_, row) => (row % 4 === 0 ? 1 : 0))
  const every = (value: (row: number) => number | null): Iterable<number | null> =>
    Array.from(y, (_, row) => value(row))

  it('drops what is constant or empty, and says so', async () => {
    const table = tableOf(
      numbers(
        'one',
        every(() => 0.1),
      ),
      numbers(
        'none',
        every(() => null),
      ),
      categories(
        'all',
        Array.from(y, () => 'x'),
      ),
      numbers(
        'gaps',
        every((row) => (row % 3 ? 5 : null)),
      ),
    )
    const model = await train({ table, y })
    const described = model.describe() as { warnings: string[]; coefficients: { column: string; term: string }[] }
    expect(described.warnings).toEqual([
      'Column one is constant in the training rows and was dropped.',
      'Column none is constant in the training rows and was dropped.',
      'Column all is constant in the training rows and was dropped.',
      'The numbers of column gaps are all equal in the training rows; only whether it is missing counts.',
    ])
    expect(described.coefficients.map(({ column, term }) => [column, term])).toEqual([['gaps', 'missing']])
    expect(model.predictRow({ one: 99, none: 3, all: 'y', gaps: 7 })).toBe(
      model.predictRow({ one: 0.1, none: null, all: 'x', gaps: 5 }),
    )
  })

  it('learns the rate alone when no column says anything', async () => {
    const model = await train({
      table: tableOf(
        numbers(
          'one',
          every(() => 1),
        ),
      ),
      y,
    })
    expect(model.predictRow({ one: 1 })).toBeCloseTo(0.25, 12)
  })

  it('takes infinities as the extremes that were seen', async () => {
    const model = await train({
      table: tableOf(
        numbers(
          'x',
          every((row) => (row === 5 ? Infinity : row)),
        ),
      ),
      y,
    })
    expect(model.predictRow({ x: Infinity })).toBe(model.predictRow({ x: 39 }))
    expect(model.predictRow({ x: -Infinity })).toBe(model.predictRow({ x: 0 }))
    expect(model.signature.columns[0]).toMatchObject({ min: 0, max: 39 })
  })

  it('keeps finite scores with numbers of any size', async () => {
    for (const size of [Number.MAX_VALUE, 1e200, 1e-200, Number.MIN_VALUE]) {
      const table = tableOf(
        numbers(
          'x',
          every((row) => (row % 2 ? size : -size)),
        ),
      )
      const scores = (await train({ table, y })).predict(table)
      expect([...scores].every((score) => score > 0 && score < 1)).toBe(true)
      expect(new Set(scores).size).toBe(2)
    }
  })

  it('clips at quantiles when asked', async () => {
    const model = await train(
      {
        table: tableOf(
          numbers(
            'x',
            every((row) => row),
          ),
        ),
        y,
      },
      { clipQuantile: 0.1 },
    )
    expect(model.predictRow({ x: 1000 })).toBe(model.predictRow({ x: 35.5 }))
    expect(model.predictRow({ x: 35.5 })).not.toBe(model.predictRow({ x: 35 }))
  })

  it('puts rare levels, those beyond the limit, and levels never seen together', async () => {
    const levels = Array.from(y, (_, row) => (row < 20 ? 'a' : row < 30 ? 'b' : row < 36 ? 'c' : `rare ${row}`))
    const column = categories('x', levels)
    const model = await train({ table: tableOf(column), y }, { maxLevels: 2 })
    expect(model.signature.columns[0].levels).toEqual(['a', 'b'])
    expect(model.predictRow({ x: 'c' })).toBe(model.predictRow({ x: 'never seen' }))
    expect(model.predictRow({ x: null })).not.toBe(model.predictRow({ x: 'c' }))
  })

  it('reads month and weekday off a date, and takes its ISO text', async () => {
    const days = every((row) => 19_723 + row * 11)
    const column = { ...numbers('at', days), format: 'date' as const }
    const labels = Uint8Array.from(column.values, (day) => Number(new Date(day * 86_400_000).getUTCDay() % 6 === 0))
    const model = await train({ table: tableOf(column), y: labels }, { c: 100 })
    const scores = model.predict(tableOf(column))
    expect(rocAucScore(labels, scores)).toBe(1)
    expect(model.predictRow({ at: '2024-01-12' })).toBe(scores[1])
    expect(model.signature.columns[0]).toMatchObject({ kind: 'number', format: 'date', min: 19_723 })
    expect(() => model.predictRow({ at: '12.1.2024' })).toThrow(
      'Column at is a string; the model wants a date such as 2024-05-31, or null',
    )
  })

  it('gives coefficients by unit and by deviation that mean the same', async () => {
    const model = await train(mixedTable(200))
    const { coefficients, intercept } = model.describe() as {
      intercept: { perUnit: number }
      coefficients: { column: string; term: string; perUnit: number; oddsRatio: number }[]
    }
    const of = (column: string, term: string): number =>
      coefficients.find((c) => c.column === column && c.term === term)!.perUnit
    const row = { amount: 120, age: 50, region: 'a', agent: 'agent 3' }
    const region = of('region', '= a')
    const agent = coefficients.find((c) => c.term === '= agent 3')?.perUnit ?? of('agent', 'others')
    const margin = intercept.perUnit + 120 * of('amount', 'value') + 50 * of('age', 'value') + region + agent
    expect(model.predictRow(row)).toBeCloseTo(1 / (1 + Math.exp(-margin)), 12)
    for (const { perUnit, oddsRatio } of coefficients) expect(oddsRatio).toBe(Math.exp(perUnit))
  })
})

describe('training', () => {
  it('says that it did not converge, without failing', async () => {
    const described = (await train(mixedTable(200), { maxIterations: 2 })).describe() as {
      convergence: object
      warnings: string[]
    }
    expect(described.convergence).toMatchObject({ outcome: 'iterations', nIterations: 2 })
    expect(described.warnings[0]).toContain('Training ended after 2 iterations before it converged')
    expect((await train(mixedTable(200))).describe()).toMatchObject({
      convergence: { outcome: 'converged' },
      warnings: [],
    })
  })

  it('converges on classes that a line separates', async () => {
    const y = Uint8Array.of(0, 0, 1, 1)
    const model = await train({ table: tableOf(numbers('x', [1, 2, 3, 4])), y }, { c: 1e10 })
    expect(rocAucScore(y, model.predict(tableOf(numbers('x', [1, 2, 3, 4]))))).toBe(1)
  })

  it('tells its progress, to the end', async () => {
    const told: number[] = []
    const { table, y } = mixedTable(100)
    await new LogisticRegression({ maxIterations: 50 }).fit(table, y, undefined, {
      progress: (done) => told.push(done),
    })
    expect(told.slice(0, 3)).toEqual([1, 2, 3])
    expect(told.at(-1)).toBe(50)
  })

  it('stops soon after an abort, with a coded error', async () => {
    const { table, y } = mixedTable(2000)
    const controller = new AbortController()
    const fit = new LogisticRegression({ tolerance: 1e-12 }).fit(table, y, undefined, {
      signal: controller.signal,
      progress: () => controller.abort(),
    })
    await expect(fit).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
  })

  it.each([
    [Float64Array.of(1), 'there are 1 for 4 rows'],
    [Float64Array.of(1, -1, 1, 1), 'row 1 has the weight -1'],
    [Float64Array.of(1, 1, NaN, 1), 'row 2 has the weight NaN'],
    [Float64Array.of(1, 1, 0, 0), 'no row of one of the classes'],
  ])('refuses the weights %o', async (weights, reason) => {
    const given = { table: tableOf(numbers('x', [1, 2, 3, 4])), y: Uint8Array.of(0, 0, 1, 1), weights }
    await expect(train(given)).rejects.toMatchObject({
      code: 'WEIGHTS_INVALID',
      message: expect.stringContaining(reason),
    })
  })

  it('refuses options that do not exist or are out of range', () => {
    expect(() => new LogisticRegression({ c: 0 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => new LogisticRegression({ penalty: 'l2' } as object)).toThrow(
      expect.objectContaining({ code: 'OPTION_UNKNOWN' }),
    )
  })
})
