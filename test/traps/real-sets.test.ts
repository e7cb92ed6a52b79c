import { describe, expect, test } from 'vitest'
import { createRandom, findTraps, shuffle, type Trap, type TrapInput } from '../../src/learn/index.ts'
import { randomFolds, withRows } from './make.ts'
import { areRealSetsThere, readElec2, readRealSet, whyNot } from './real-sets.ts'

/** What is truly wrong with the public sets when every column of the file is taken as a feature. */
const warts: Record<string, string[]> = {
  adult: [],
  german: [],
  elec2: [],
  // CASENUM is the running number of the case.
  us_auto_bi: ['ID_ORDERED:CASENUM'],
  // A policy's number and a street address belong to one row each; the date of the incident is the time of the row.
  insurance_claims: ['IDENTIFIER:policy_number', 'ID_ORDERED:incident_date', 'IDENTIFIER:incident_location'],
  // PolicyNumber counts the rows.
  vehicle_fraud: ['ID_ORDERED:PolicyNumber'],
}
const read = (name: string): TrapInput => (name === 'elec2' ? readElec2() : readRealSet(name))
const found = (traps: Trap[]) => traps.map(({ code, column }) => (column === undefined ? code : `${code}:${column}`))

describe.skipIf(!areRealSetsThere)(`public data sets${whyNot}`, () => {
  test.each(Object.entries(warts))('%s has its warts and raises no false alarm', (name, expected) => {
    const input = read(name)
    expect(found(findTraps({ ...input, folds: randomFolds(input.table.nRows, 5) }))).toEqual(expected)
  })

  test.each(Object.entries(warts))('%s raises no other alarm in any part of it', (name, known) => {
    const input = read(name)
    // Out of its order, a number of a row is still the number of a row.
    const columns = new Set(known.map((alarm) => alarm.split(':')[1]))
    for (let part = 0; part < 12; part++) {
      const taken = partOf(input, part)
      const alarms = found(findTraps(taken).filter(({ column }) => column === undefined || !columns.has(column)))
      expect([part, taken.table.columns.map((column) => column.name), alarms]).toEqual([part, expect.anything(), []])
    }
  })
})

/** Some of the rows in some order, some of the columns; every fifth time with labels by lot. */
function partOf(input: TrapInput, part: number): TrapInput {
  const random = createRandom(part, 3)
  const nRows = Math.min(input.y.length, [30, 60, 150, 400, 1_000, 3_000][part % 6])
  const rows = shuffle(Int32Array.from(input.y.keys()), random).subarray(0, nRows)
  const taken = withRows(input, part % 2 === 0 ? rows.slice().sort() : rows)
  const all = taken.table.columns
  const places = shuffle(Int32Array.from(all.keys()), random).subarray(0, 1 + random.below(all.length))
  const columns = part % 3 === 0 ? all : Array.from(places, (place) => all[place])
  const y = part % 5 === 4 ? shuffle(taken.y.slice(), random) : taken.y
  return { ...taken, y, table: { nRows, columns }, folds: randomFolds(nRows, 5) }
}
