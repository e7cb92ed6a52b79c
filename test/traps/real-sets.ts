import fs from 'node:fs'
import path from 'node:path'
import type { Column } from '../../src/learn/index.ts'
import type { TrapInput } from '../../src/learn/index.ts'
import { categories, numbers } from '../learning-tables.ts'

/** Folder of the public data sets; they are not part of the project. */
const folder = process.env.ASSAY_TEST_DATA ?? ''
export const areRealSetsThere = folder !== '' && fs.existsSync(path.join(folder, 'adult'))
export const whyNot = areRealSetsThere ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'

type RealSet = {
  file: string
  target: string
  positive: string
  /** Texts that mean missing. */
  missing?: string[]
  /** Columns that are dates, written month/day/year. */
  dates?: string[]
  time?: (row: Record<string, string>) => number
  /** Columns that are not features even to a careful analyst; only `warts` are known to be wrong. */
  ignore?: string[]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const daysOf = (text: string): number => Date.parse(`${text} UTC`) / 86_400_000

export const realSets: Record<string, RealSet> = {
  adult: { file: 'adult/adult.csv', target: 'income-per-year', positive: '>50K', missing: ['?'] },
  german: { file: 'german/german.csv', target: 'credit', positive: '2' },
  us_auto_bi: { file: 'us_auto_bi/usautoBI.csv', target: 'ATTORNEY', positive: '1' },
  insurance_claims: {
    file: 'insurance_claims/insurance_claims.csv',
    target: 'fraud_reported',
    positive: 'Y',
    missing: ['?'],
    dates: ['policy_bind_date', 'incident_date'],
    time: (row) => daysOf(row.incident_date),
  },
  vehicle_fraud: {
    file: 'vehicle_fraud/fraud_oracle.csv',
    target: 'FraudFound_P',
    positive: '1',
    time: (row) => Number(row.Year) * 12 + months.indexOf(row.Month),
  },
}

/** A learning set as an analyst would get it from the file: every column but the target is a feature. */
export function readRealSet(name: string): TrapInput {
  const { file, target, positive, missing = [], dates = [], time } = realSets[name]
  const { header, rows } = readCsv(path.join(folder, file))
  const cells = (j: number) => rows.map((row) => (row[j] === '' || missing.includes(row[j]) ? null : row[j]))
  const columns = header.flatMap((column, j): Column[] => {
    const texts = cells(j)
    if (column === target || texts.every((text) => text === null)) return []
    if (dates.includes(column))
      return [
        numbers(
          column,
          texts.map((text) => (text === null ? null : daysOf(text))),
        ),
      ]
    const isNumber = texts.every((text) => text === null || !Number.isNaN(Number(text)))
    return [
      isNumber
        ? numbers(
            column,
            texts.map((text) => (text === null ? null : Number(text))),
          )
        : categories(column, texts),
    ]
  })
  const place = header.indexOf(target)
  return {
    table: { nRows: rows.length, columns },
    y: Uint8Array.from(rows, (row) => (row[place] === positive ? 1 : 0)),
    target,
    ...(time && {
      time: Float64Array.from(rows, (row) => time(Object.fromEntries(header.map((column, j) => [column, row[j]])))),
    }),
  }
}

/** Electricity prices: a market in half hours, rows in order of time; `date` and `nswprice` left out, as its readme says. */
export function readElec2(): TrapInput {
  const names = ['date', 'day', 'period', 'nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer']
  const read = (file: string) =>
    fs
      .readFileSync(path.join(folder, 'elec2', file), 'utf8')
      .trim()
      .split(/\r?\n/)
  const rows = read('elec2_data.dat').map((line) => line.trim().split(/\s+/).map(Number))
  const columns = names.map((name, j) =>
    numbers(
      name,
      rows.map((row) => row[j]),
    ),
  )
  return {
    table: { nRows: rows.length, columns: columns.filter(({ name }) => name !== 'date' && name !== 'nswprice') },
    y: Uint8Array.from(read('elec2_label.dat'), Number),
    target: 'label',
    time: Float64Array.from(rows.keys()),
  }
}

/** Cells between commas, in double quotes where they hold one. */
function readCsv(file: string): { header: string[]; rows: string[][] } {
  const lines = fs
    .readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  const cut = (line: string) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2])
  const [header, ...rows] = lines.map(cut)
  return { header, rows }
}
