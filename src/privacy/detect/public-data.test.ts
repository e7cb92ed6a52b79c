import fs from 'node:fs'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { detectPersonalData } from './detect-personal-data.ts'

const folder = process.env.ASSAY_TEST_DATA ?? ''
const why = folder ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'

describe.skipIf(!folder)(`in public data sets every alarm is true${why}`, () => {
  test.each([
    ['adult/adult.csv', { age: 'age' }],
    ['german/german.csv', {}],
    [
      'insurance_claims/insurance_claims.csv',
      {
        policy_number: 'account',
        policy_bind_date: 'date',
        insured_zip: 'postcode',
        incident_date: 'date',
        incident_city: 'place',
        incident_location: 'address',
      },
    ],
    ['us_auto_bi/usautoBI.csv', { CASENUM: 'unique_id' }],
    ['vehicle_fraud/fraud_oracle.csv', { PolicyNumber: 'account' }],
  ])('%s', async (file, expected) => {
    expect(fs.existsSync(path.join(folder, file))).toBe(true)
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    const reader = await duck.runAndReadAll(
      `select * from read_csv('${path.join(folder, file)}', all_varchar = true) limit 1000`,
    )
    duck.closeSync()
    const values = reader.getColumns() as (string | null)[][]
    const found = detectPersonalData(reader.columnNames().map((name, i) => ({ name, sample: values[i] })))
    expect(Object.fromEntries(found.map(({ column, kind }) => [column, kind]))).toEqual(expected)
  })
})
