import { describe, expect, test } from 'vitest'
import { claimAt, driftKinds, generateClaims } from '../../src/claims/index.ts'
import {
  createRandom,
  findTraps,
  groupKFold,
  type CategoryColumn,
  type Trap,
  type TrapInput,
} from '../../src/learn/index.ts'
import { cleanClaims, interpolated, normal, oversampled, persons, planted, randomFolds, withCopies } from './make.ts'
import { categories } from '../learning-tables.ts'

const found = (traps: Trap[]) => traps.map(({ code, column }) => (column === undefined ? code : `${code}:${column}`))
const clean = cleanClaims(4_000, 11)
const rows = (n: number) => cleanClaims(n, 12)

const long = cleanClaims(12_000, 13)

/** The place of a row in the order of time, from 0 to 1. */
const placeOf = (row: number) => row / long.y.length

/** Outcomes of the newest share of the rows, of which a share is not known yet. */
function immature(newest: number, unknown: number): TrapInput {
  const random = createRandom(5, 9)
  const isUnknown = (row: number) => placeOf(row) > 1 - newest && random.unit() < unknown
  return { ...long, y: long.y.map((label, row) => (isUnknown(row) ? 0 : label)) }
}

function cutOff(isCut: (place: number) => boolean): TrapInput {
  return { ...long, y: long.y.map((label, row) => (isCut(placeOf(row)) ? 0 : label)) }
}

const patientOf = ({ table }: TrapInput) => table.columns[0] as CategoryColumn

function without(input: TrapInput, name: string): TrapInput {
  const columns = input.table.columns.filter((column) => column.name !== name)
  return { ...input, table: { ...input.table, columns } }
}

function splitByGroup(input: TrapInput): TrapInput {
  const { codes } = patientOf(input)
  return { ...without(input, 'patient'), groups: [patientOf(input)], folds: groupKFold(codes, input.y, 5, 0) }
}

/** A set with a trap in it, and what must be found: this, and nothing else. */
const cases: [name: string, input: () => TrapInput, expected: string[]][] = [
  ['a flag of the outcome', () => planted(clean, 'paid', (label) => 1 - label), ['TARGET_COPY:paid']],
  [
    'the outcome in other words',
    () => planted(clean, 'letter', (label, row) => (label === 1 ? `refusal ${row % 3}` : `payment ${row % 4}`)),
    ['TARGET_COPY:letter'],
  ],
  [
    'the outcome by being filled in',
    () => planted(clean, 'denial_reason', (label, row) => (label === 1 ? `reason ${row % 5}` : null)),
    ['TARGET_COPY:denial_reason'],
  ],
  ['a copy among 30 rows', () => planted(rows(60), 'copy', (label) => `${label}`), ['TARGET_COPY:copy']],
  [
    'an amount paid after the decision',
    () =>
      planted(clean, 'paid_amount', (label, _, random) =>
        label === 1 ? 0 : 50 + Math.round(1e5 * random.unit()) / 100,
      ),
    ['TARGET_LEAK:paid_amount'],
  ],
  [
    'a score made from the outcome, with noise',
    () => planted(clean, 'score', (label, _, random) => label * 4 + normal(random)),
    ['TARGET_LEAK:score'],
  ],
  [
    'a score that is lowest and highest for one class',
    () => planted(clean, 'delta', (label, row, random) => (label === 1 ? normal(random) : row % 2 === 0 ? 9 : -9)),
    ['TARGET_LEAK:delta'],
  ],
  [
    'a code of many values that stand with one outcome each',
    () => planted(clean, 'workflow', (label, _, random) => `${label === 1 ? 'D' : 'P'}${random.below(120)}`),
    ['TARGET_LEAK:workflow'],
  ],
  [
    'a weaker score made from the outcome',
    () => planted(clean, 'score', (label, _, random) => label * 2.6 + normal(random)),
    ['TARGET_LEAK_SUSPECT:score'],
  ],
  [
    'a column that knows much where the others know little',
    () => {
      const { table, y, ...rest } = clean
      const columns = table.columns.filter(({ name }) =>
        ['patient_age', 'plan_type', 'geographic_region'].includes(name),
      )
      const input = { ...rest, y, table: { ...table, columns } }
      return planted(
        input,
        'handled_by',
        (label, row, random) => `team ${random.below(10) === 0 ? row % 6 : label * 3 + (row % 3)}`,
      )
    },
    ['TARGET_LEAK_SUSPECT:handled_by'],
  ],
  [
    'a status that only some of one class ever have',
    () => planted(clean, 'status', (label, row) => (label === 1 && row % 5 === 0 ? 'with lawyer' : `step ${row % 4}`)),
    ['TARGET_LEAK_SUSPECT:status'],
  ],
  [
    'a field filled in for most of one class',
    () =>
      planted(clean, 'closed_days', (label, _, random) =>
        random.unit() < (label === 1 ? 0.1 : 0.85) ? random.below(40) : null,
      ),
    ['MISSINGNESS_TELLS_TARGET:closed_days'],
  ],
  [
    'a field filled in for a few, all of one class',
    () => planted(clean, 'appeal', (label, row) => (label === 1 && row % 3 === 0 ? `level ${row % 2}` : null)),
    ['MISSINGNESS_TELLS_TARGET:appeal'],
  ],
  ['a running number', () => planted(clean, 'claim', (_, row) => 1000 + row), ['ID_ORDERED:claim']],
  ['a running number downwards', () => planted(clean, 'claim', (_, row) => 9000 - row), ['ID_ORDERED:claim']],
  [
    'a running number with gaps, and filed up to 30 places late',
    () => planted(clean, 'claim', (_, row, random) => 7 * (row + random.below(30)) + random.below(7)),
    ['ID_ORDERED:claim'],
  ],
  ['a batch of 50 rows', () => planted(clean, 'batch', (_, row) => Math.floor(row / 50)), ['ID_ORDERED:batch']],
  [
    'numbers drawn by lot, called an id',
    () => planted(clean, 'member_id', (_, row) => (row * 7_919) % 99_991),
    ['IDENTIFIER:member_id'],
  ],
  [
    'numbers given out without repetition',
    () => planted(clean, 'place', (_, row) => (row * 2_003) % 4_001),
    ['IDENTIFIER:place'],
  ],
  [
    'a text of its own in each row',
    () => planted(clean, 'note', (_, row) => `${(row * 7_919) % 4_001} Main St`),
    ['IDENTIFIER:note'],
  ],
  [
    'a column that the contract knows to be late',
    () => ({ ...planted(clean, 'paid', (label) => label), afterDecision: ['paid', 'elsewhere'] }),
    ['AFTER_DECISION:paid'],
  ],
  ['2 % of the rows copied', () => withCopies(clean, 0.02), ['DUPLICATE_ROWS']],
  ['30 % of the rows copied', () => withCopies(clean, 0.3), ['DUPLICATE_ROWS']],
  [
    'copies on both sides of a fold',
    () => ({ ...withCopies(clean, 0.1), folds: randomFolds(4_400, 5) }),
    ['DUPLICATES_ACROSS_FOLDS', 'DUPLICATE_ROWS'],
  ],
  ['positives multiplied to half of the rows', () => oversampled(clean, 1, 0.5), ['OVERSAMPLED']],
  ['positives multiplied by half', () => oversampled(clean, 1, 0.4), ['OVERSAMPLED']],
  ['negatives multiplied', () => oversampled(clean, 0, 0.85), ['OVERSAMPLED']],
  ['positives made between others', () => interpolated(clean, 1, 0.5), ['OVERSAMPLED']],
  [
    'positives multiplied, before folds were drawn',
    () => {
      const input = oversampled(clean, 1, 0.5)
      return { ...input, folds: randomFolds(input.y.length, 5) }
    },
    ['OVERSAMPLED', 'DUPLICATES_ACROSS_FOLDS'],
  ],
  [
    'declared persons on both sides of random folds',
    () => {
      const input = persons(300, 8, 1)
      return { ...without(input, 'patient'), groups: [patientOf(input)], folds: randomFolds(input.y.length, 5) }
    },
    ['GROUPS_SPAN_FOLDS:patient'],
  ],
  ['declared persons, split by group', () => splitByGroup(persons(300, 8, 1)), []],
  ['undeclared persons as a feature', () => persons(300, 8, 1), ['GROUPS_UNDECLARED:patient']],
  [
    'undeclared persons beside the features',
    () => {
      const input = persons(300, 8, 1)
      return { ...without(input, 'patient'), besides: [patientOf(input)], folds: randomFolds(input.y.length, 5) }
    },
    ['GROUPS_UNDECLARED:patient'],
  ],
  [
    'postcodes with what follows from them, which are no persons',
    () => {
      const random = createRandom(3, 9)
      const places = clean.y.map(() => random.below(150))
      const grouped = (every: number) => (_: number, row: number) => `${every}-${Math.floor(places[row] / every)}`
      return planted(planted(planted(clean, 'postcode', grouped(1)), 'county', grouped(5)), 'state', grouped(20))
    },
    [],
  ],
  ['newest outcomes not known yet, half of the newest tenth', () => immature(0.1, 0.5), ['LABELS_IMMATURE']],
  ['newest outcomes not known yet, all of the newest 3 %', () => immature(0.03, 1), ['LABELS_IMMATURE']],
  [
    'outcomes that take 20 to 40 days, the newest not known yet',
    () => {
      const random = createRandom(9, 9)
      const delay = Float64Array.from(long.y, () => 20 + 20 * random.unit())
      const last = Math.max(...long.time!) * 100
      const time = long.time!.map((day) => (day * 100) / 10)
      const isKnown = (row: number) => time[row] + delay[row] <= last / 10
      const observedAt = time.map((day, row) => (long.y[row] === 1 && isKnown(row) ? day + delay[row] : NaN))
      return { ...long, time, observedAt, y: long.y.map((label, row) => (isKnown(row) ? label : 0)) }
    },
    ['LABELS_IMMATURE'],
  ],
  ['nobody collected outcomes in the first fifth', () => cutOff((place) => place < 0.2), ['TARGET_CONSTANT_IN_PERIOD']],
  [
    'nobody collected outcomes in the middle',
    () => cutOff((place) => place > 0.4 && place < 0.5),
    ['TARGET_CONSTANT_IN_PERIOD'],
  ],
]

describe('what was planted is found, and nothing else', () => {
  test.each(cases)('%s', (_, input, expected) => {
    const traps = findTraps(input())
    expect(found(traps)).toEqual(expected)
    for (const { advice, code, message } of traps) {
      expect(advice).toContain(`See docs/traps.md#${code.toLowerCase()}.`)
      expect(message).toMatch(/^[^{}]*\.$/)
    }
  })
})

describe('a plant of a strength is found in so many rows', () => {
  test.each([1, 2, 3])('whatever the draw (%i)', (seed) => {
    const input = cleanClaims(1_000, seed)
    const score = (strength: number) =>
      found(findTraps(planted(input, 'score', (label, _, random) => strength * label + normal(random))))
    expect(score(4)).toEqual(['TARGET_LEAK:score'])
    expect(score(3)).toEqual(['TARGET_LEAK_SUSPECT:score'])
    expect(score(1.5)).toEqual([])
    expect(found(findTraps(withCopies(input, 0.02)))).toEqual(['DUPLICATE_ROWS'])
    expect(found(findTraps(withCopies(input, 0.005)))).toEqual([])
    expect(found(findTraps(oversampled(cleanClaims(200, seed), 1, 0.5)))).toEqual(['OVERSAMPLED'])
    expect(found(findTraps(persons(60, 5, seed)))).toEqual(['GROUPS_UNDECLARED:patient'])
  })
})

describe('false alarms', () => {
  test.each([1, 2, 3, 4, 5])('claims drawn with seed %i raise none', (seed) => {
    for (const n of [30, 300, 5_000]) {
      const input = cleanClaims(n, seed)
      expect(found(findTraps({ ...input, folds: randomFolds(n, 5) }))).toEqual([])
    }
  })

  test('subjects are not seen in what a claim holds beside its features', () => {
    const claims = generateClaims({ n: 20_000, seed: 42, startDate: '2025-01-01' })
    const rows = Array.from({ length: claims.n }, (_, row) => claimAt(claims, row))
    const names = ['claim_id', 'member_id', 'provider_id', 'cpt_code', 'icd10_code', 'service_date'] as const
    const besides = names.map((name) =>
      categories(
        name,
        rows.map((row) => row[name]),
      ),
    )
    expect(found(findTraps({ ...cleanClaims(20_000, 42), besides }))).toEqual([])
  })

  test.each(driftKinds)('claims that change half way (%s) raise none', (kind) => {
    for (const rampClaims of [0, 6_000]) {
      const input = cleanClaims(12_000, 21, { kind, strength: 1, startIndex: 6_000, rampClaims })
      expect(found(findTraps(input))).toEqual([])
    }
  })
})
