import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Contract, Landed } from '../src/data/index.ts'
import { rateRow, runPeer, timeRow, type Row, type SuiteOptions } from './harness.ts'

type Measured = { ms: number; maxRssBytes: number }
type Peer = Measured & { name: string; nBroken: number }

const MEGABYTE = 1e6
const codes = Array.from({ length: 20 }, (_, i) => `P${10 + i}`)
const states = Array.from({ length: 50 }, (_, i) => `S${10 + i}`)

/** Ten columns of claims; one row in a thousand breaks a rule. */
const SELECT = `select i as claim_id, 'M' || lpad((i * 7919 % 1000000)::varchar, 7, '0') as member,
  date '2025-01-01' + (i % 365)::int as day, 'P' || (10 + i * 31 % 20) as code, 'S' || (10 + i * 17 % 50) as state,
  case when i % 1000 = 7 then 200 else (i * 13 % 90) end as age, 1 + i * 11 % 9 as units,
  100 + (i * 37 % 100000) / 7.0 as billed, 90 + (i * 37 % 100000) / 8.0 as allowed, (i % 10 = 0)::int as denied from range(N) t(i)`

const column = (name: string, type: Contract['columns'][number]['type'], more: object = {}) =>
  ({ name, type, nullable: false, role: 'feature', ...more }) as Contract['columns'][number]
const contract: Contract = {
  dataset: 'bench',
  version: 1,
  columns: [
    column('claim_id', 'integer', { role: 'id', unique: true }),
    column('member', 'string', { pattern: '^M\\d{7}$' }),
    column('day', 'date'),
    column('code', 'category', { values: codes }),
    column('state', 'category', { values: states }),
    column('age', 'integer', { min: 0, max: 120 }),
    column('units', 'integer', { min: 1, max: 100 }),
    column('billed', 'number', { min: 0 }),
    column('allowed', 'number', { min: 0 }),
    column('denied', 'integer', { min: 0, max: 1 }),
  ],
  rules: [{ name: 'allowed is at most billed', sql: 'allowed <= billed' }],
}

/** Validation in SQL beside pandera on the same file and rules, and a large CSV file from the disk to its profile. */
export async function suite({ extent, note }: SuiteOptions): Promise<Row[]> {
  const n = extent === 'quick' ? 200_000 : 10_000_000
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-bench-data-'))
  try {
    const file = path.join(folder, 'landed.parquet')
    const csv = path.join(folder, 'claims.csv')
    note(`${n} rows are written`)
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
    const duck = await instance.connect()
    await duck.run(`copy (${SELECT.replace('N', String(n))}) to '${file}' (format parquet)`)
    await duck.run(
      `copy (select *, 'a note on the claim ' || claim_id as note from '${file}') to '${csv}' (format csv)`,
    )
    duck.closeSync()
    instance.closeSync()
    const landed: Landed = {
      path: file,
      nRows: n,
      columns: contract.columns.map(({ name, type }) => ({
        name,
        type: type === 'string' || type === 'category' ? 'text' : type,
      })),
      source: { kind: 'bench', location: file, sizeBytes: null, sha256: null },
      warnings: [],
    }
    note('Validation')
    const ours = measure({ kind: 'validate', landed, contract, directory: folder })
    note('The same with pandera')
    const peer = runPeer<Peer>('data', { path: file, codes, states })
    note('From a CSV file to its profile')
    const profiled = measure({ kind: 'profile-csv', path: csv, directory: folder })
    const sizeMb = Math.round(fs.statSync(csv).size / MEGABYTE)
    return [
      rateRow({
        what: `validation of ${n} rows x 10 columns`,
        ours: n / (ours.ms / 1_000),
        unit: 'rows/s',
        peer: peer && { name: peer.name, value: n / (peer.ms / 1_000) },
      }),
      timeRow({
        what: 'its peak of memory',
        ours: ours.maxRssBytes / MEGABYTE,
        unit: 'MB',
        peer: peer && { name: peer.name, value: peer.maxRssBytes / MEGABYTE },
      }),
      timeRow({ what: `CSV of ${sizeMb} MB to its profile`, ours: profiled.ms / 1_000, unit: 's' }),
      timeRow({ what: 'its peak of memory', ours: profiled.maxRssBytes / MEGABYTE, unit: 'MB', bar: 1_000 }),
    ]
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

function measure(work: object): Measured {
  const child = path.join(import.meta.dirname, 'data-child.ts')
  return JSON.parse(execFileSync(process.execPath, [child, JSON.stringify(work)], { encoding: 'utf8' }))
}
