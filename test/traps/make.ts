import { claimAt, featureNames, generateClaims } from '../../src/claims/index.ts'
import { createRandom, shuffle, takeRows, type Column, type Random, type TrapInput } from '../../src/learn/index.ts'
import { categories, numbers } from '../learning-tables.ts'

/** Synthetic claims as a learning set; they hold no trap but those planted below. */
export function cleanClaims(n: number, seed: number): TrapInput {
  const claims = generateClaims({ n, seed, startDate: '2025-01-01' })
  const rows = Array.from({ length: n }, (_, i) => claimAt(claims, i))
  const columns = featureNames.map((name): Column => {
    const values = rows.map((row) => row[name])
    return typeof values[0] === 'number' ? numbers(name, values as number[]) : categories(name, values as string[])
  })
  return {
    table: { nRows: n, columns },
    y: Uint8Array.from(rows, (row) => (row.outcome === 'denied' ? 1 : 0)),
    target: 'outcome',
    // A date of service, and the place of the claim within its day.
    time: Float64Array.from(claims.serviceDay, (day, i) => day + (i % 800) / 800),
  }
}

/** The same set with one column more. */
export function withColumn(input: TrapInput, column: Column): TrapInput {
  return { ...input, table: { ...input.table, columns: [...input.table.columns, column] } }
}

/** A column made row by row from the label; null is missing. */
export function planted(
  input: TrapInput,
  name: string,
  value: (label: number, row: number, random: Random) => number | string | null,
): TrapInput {
  const random = createRandom(1, 5)
  const values = [...input.y].map((label, row) => value(label, row, random))
  const isNumber = values.every((given) => given === null || typeof given === 'number')
  return withColumn(
    input,
    isNumber ? numbers(name, values as (number | null)[]) : categories(name, values as (string | null)[]),
  )
}

/** The set with these rows, some of them perhaps several times; what belongs to a row goes with it. */
export function withRows(input: TrapInput, rows: Int32Array): TrapInput {
  return {
    ...input,
    table: takeRows(input.table, rows),
    y: Uint8Array.from(rows, (row) => input.y[row]),
    ...(input.time && { time: Float64Array.from(rows, (row) => input.time![row]) }),
  }
}

/** The set with a share of its rows copied once, anywhere among the others. */
export function withCopies(input: TrapInput, share: number, ofLabel?: number): TrapInput {
  const all = Int32Array.from(input.y.keys())
  const copied = shuffle(
    all.filter((row) => ofLabel === undefined || input.y[row] === ofLabel),
    createRandom(2, 5),
  ).subarray(0, Math.round(share * input.y.length))
  return withRows(input, shuffle(Int32Array.from([...all, ...copied]), createRandom(3, 5)))
}

/** Folds by lot. */
export function randomFolds(nRows: number, nFolds: number): Int32Array {
  const random = createRandom(4, 5)
  return Int32Array.from({ length: nRows }, () => random.below(nFolds))
}

/** A draw that is about normal, with mean 0 and standard deviation 1 (sum of twelve). */
export function normal(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random.unit()
  return sum
}
