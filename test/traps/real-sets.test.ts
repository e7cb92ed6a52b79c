import { describe, expect, test } from 'vitest'
import { findTraps, type Trap, type TrapInput } from '../../src/learn/index.ts'
import { randomFolds } from './make.ts'
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
})
