import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureAnonymity } from './measure-anonymity.ts'

let directory: string
let file: string
let duck: DuckDBConnection

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-anonymity-'))
  file = path.join(directory, 'data.parquet')
  duck = await (await DuckDBInstance.create(':memory:')).connect()
})
afterAll(() => {
  duck.closeSync()
  fs.rmSync(directory, { recursive: true })
})

/** Stores what a query gives as the Parquet file. */
const store = (query: string) => duck.run(`copy (${query}) to '${file}' (format parquet)`)
const measure = (quasiIdentifiers: string[], sensitive?: string, k = 4) =>
  measureAnonymity(file, { quasiIdentifiers, sensitive, k }, directory)

/** Figure 2 of Machanavajjhala et al. (2007): a 4-anonymous table of 12 inpatients, whose last class has one condition only. */
const inpatients = `select * from (values
  ('130**', '< 30', 'Heart Disease'), ('130**', '< 30', 'Heart Disease'),
  ('130**', '< 30', 'Viral Infection'), ('130**', '< 30', 'Viral Infection'),
  ('1485*', '>= 40', 'Cancer'), ('1485*', '>= 40', 'Heart Disease'),
  ('1485*', '>= 40', 'Viral Infection'), ('1485*', '>= 40', 'Viral Infection'),
  ('130**', '3*', 'Cancer'), ('130**', '3*', 'Cancer'), ('130**', '3*', 'Cancer'), ('130**', '3*', 'Cancer')
) as t(zip, age, condition)`

describe('the anonymity of a table', () => {
  test('is that of the published example', async () => {
    await store(inpatients)
    const report = await measure(['zip', 'age'], 'condition')
    expect(report).toMatchObject({ nRows: 12, nClasses: 3, k: 4, nClassesBelow: 0, nRowsBelow: 0, l: 1, remedies: [] })
    // Cancer is 5 of 12 over all and 4 of 4 in the last class: half of (7/12 + 3/12 + 4/12).
    expect(report.t).toBeCloseTo(7 / 12, 12)
  })

  test('without rows is nothing, without a sensitive column says nothing of it', async () => {
    await store(`${inpatients} where false`)
    expect(await measure(['zip'], 'condition')).toMatchObject({ nRows: 0, nClasses: 0, k: 0, l: 0, t: 0 })
    await store(inpatients)
    expect(await measure(['zip'])).toMatchObject({ l: null, t: null })
  })

  test('takes missing for a value of its own', async () => {
    await store(`select * from (values (null, 'a'), (null, 'b'), ('x', null), ('x', null)) as t(q, s)`)
    expect(await measure(['q'], 's', 3)).toMatchObject({ nClasses: 2, k: 2, nClassesBelow: 2, nRowsBelow: 4, l: 1 })
  })

  test('agrees with counting one by one', async () => {
    const cell = fc.constantFrom('a', 'b', 'c', null)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 40 }), async (rows) => {
        const text = (value: string | null) => (value === null ? 'null::varchar' : `'${value}'`)
        await store(`select * from (values ${rows.map((row) => `(${row.map(text)})`)}) as t(p, q, s)`)
        expect(await measure(['p', 'q'], 's', 3)).toMatchObject(slowly(rows, 3))
      }),
      { numRuns: 15 },
    )
  })

  test('of an unknown column is a coded error that names the known ones', async () => {
    await store(inpatients)
    await expect(measure(['zip', 'agee'])).rejects.toMatchObject({
      code: 'COLUMN_UNKNOWN',
      message: expect.stringContaining('zip, age, condition'),
    })
  })
})

describe('a remedy', () => {
  test.each([
    ['birth_date', `date '1980-01-01' + (i * 30)::int`, 'dates to years'],
    ['income', `i * 1000.5`, 'numbers to 10 bands of one width'],
    ['insured_zip', `(90100 + i)::varchar`, 'postcodes to three places'],
  ])('for %s is tried, and is told when it helps', async (name, sql, change) => {
    await store(`select ${sql} as "${name}", i % 2 as sex from range(120) t(i)`)
    const { k, nRowsBelow, remedies } = await measure([name, 'sex'], undefined, 5)
    expect([k, nRowsBelow]).toEqual([1, 120])
    const helpful = remedies.filter(({ column }) => column === name)
    expect(helpful.map((remedy) => remedy.change).sort()).toEqual([change, 'leave it out'].sort())
    expect(remedies[0].nRowsBelow).toBeLessThanOrEqual(remedies.at(-1)!.nRowsBelow)
    expect(helpful.find((remedy) => remedy.change === 'leave it out')).toMatchObject({ k: 60, nRowsBelow: 0 })
  })

  test('of equal numbers, and of leaving the only column out, is well defined', async () => {
    await store(`select 7 as n, i as m from range(3) t(i)`)
    expect((await measure(['n', 'm'], undefined, 2)).remedies.map(({ column }) => column)).toEqual(['m'])
    const [remedy] = (await measure(['m'], undefined, 2)).remedies
    expect(remedy).toEqual({ column: 'm', change: 'leave it out', k: 3, nClassesBelow: 0, nRowsBelow: 0 })
  })
})

/** The same by loops over the rows. */
function slowly(rows: [string | null, string | null, string | null][], k: number) {
  const classes = Map.groupBy(rows, ([p, q]) => JSON.stringify([p, q]))
  const sizes = [...classes.values()].map((members) => members.length)
  const below = sizes.filter((size) => size < k)
  const values = [...new Set(rows.map(([, , s]) => s))]
  const share = (of: typeof rows, value: string | null) => of.filter(([, , s]) => s === value).length / of.length
  const distances = [...classes.values()].map(
    (members) => values.reduce((sum, value) => sum + Math.abs(share(members, value) - share(rows, value)), 0) / 2,
  )
  return {
    nRows: rows.length,
    nClasses: classes.size,
    k: Math.min(...sizes),
    nClassesBelow: below.length,
    nRowsBelow: below.reduce((sum, size) => sum + size, 0),
    l: Math.min(...[...classes.values()].map((members) => new Set(members.map(([, , s]) => s)).size)),
    t: expect.closeTo(Math.max(...distances), 12),
  }
}
