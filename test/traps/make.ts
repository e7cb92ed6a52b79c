import { claimAt, featureNames, generateClaims, type DriftSetting } from '../../src/claims/index.ts'
import { createRandom, shuffle, takeRows, type Column, type Random, type TrapInput } from '../../src/learn/index.ts'
import { categories, numbers } from '../learning-tables.ts'

/** Synthetic claims as a learning set; they hold no trap but those planted below. */
export function cleanClaims(n: number, seed: number, drift?: DriftSetting): TrapInput {
  const claims = generateClaims({ n, seed, startDate: '2025-01-01', drift })
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

/** The set with rows of one class multiplied until they are a share of all, as an oversampler does. */
export function oversampled(input: TrapInput, label: number, share: number): TrapInput {
  const own = Int32Array.from(input.y.keys()).filter((row) => input.y[row] === label)
  const others = Int32Array.from(input.y.keys()).filter((row) => input.y[row] !== label)
  const random = createRandom(6, 5)
  const nWanted = Math.round((share / (1 - share)) * others.length)
  const more = Array.from({ length: nWanted - own.length }, () => own[random.below(own.length)])
  return withRows(input, shuffle(Int32Array.from([...others, ...own, ...more]), createRandom(7, 5)))
}

/** As `oversampled`, with each further row between two others of its class (SMOTE, neighbours by lot). */
export function interpolated(input: TrapInput, label: number, share: number): TrapInput {
  const made = oversampled(input, label, share)
  const own = Int32Array.from(input.y.keys()).filter((row) => input.y[row] === label)
  const nMade = made.y.length - input.y.length
  const isMade = new Set([...made.y.keys()].filter((row) => made.y[row] === label).slice(0, nMade))
  const random = createRandom(8, 5)
  const weights = Float64Array.from(made.y, () => random.unit())
  const other = Int32Array.from(made.y, () => own[random.below(own.length)])
  const columns = made.table.columns.map((column, j): Column => {
    const source = input.table.columns[j]
    if (column.kind !== 'number' || source.kind !== 'number') return column
    const values = column.values.map((value, row) =>
      isMade.has(row) ? value + weights[row] * (source.values[other[row]] - value) : value,
    )
    return { ...column, values }
  })
  return { ...made, table: { ...made.table, columns } }
}

/** Rows of persons: each comes about so many times, with what is fixed for it. The target is not fixed. */
export function persons(nPersons: number, rowsEach: number, seed: number): TrapInput {
  const random = createRandom(seed, 6)
  const all = Array.from({ length: nPersons }, (_, person) => ({
    name: `M${(person * 7_919) % 99_991}`,
    born: 1930 + random.below(80),
    sex: random.below(2) === 0 ? 'f' : 'm',
    plan: `plan ${random.below(6)}`,
    region: `region ${random.below(12)}`,
  }))
  const rows = Array.from({ length: nPersons * rowsEach }, () => ({
    person: all[random.below(nPersons)],
    billed: Math.round(1e5 * random.unit() ** 2) / 100,
    units: 1 + random.below(9),
  }))
  const column = (name: string, of: (row: (typeof rows)[number]) => string) => categories(name, rows.map(of))
  return {
    table: {
      nRows: rows.length,
      columns: [
        column('patient', ({ person }) => person.name),
        column('sex', ({ person }) => person.sex),
        column('plan', ({ person }) => person.plan),
        column('region', ({ person }) => person.region),
        numbers(
          'born',
          rows.map(({ person }) => person.born),
        ),
        numbers(
          'billed',
          rows.map(({ billed }) => billed),
        ),
        numbers(
          'units',
          rows.map(({ units }) => units),
        ),
      ],
    },
    y: Uint8Array.from(rows, ({ billed }) => (billed + 1_500 * random.unit() > 1_300 ? 1 : 0)),
    target: 'denied',
  }
}
