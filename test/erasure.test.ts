import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAssayProcess, type AssayProcess } from '../src/cli/children/assay-process.ts'
import { makeTemporaryHome } from '../src/cli/children/temporary-home.ts'
import { attachEmbeddedPostgres } from '../src/platform/index.ts'

// A person asks to be forgotten, through the real interface: a process with a PostgreSQL of its own in a home of its own. The person
// comes in by an import, by predictions and by an outcome; afterwards every byte of the home is read.

const run = promisify(execFile)
const SUBJECT = 'QX-SUBJECT-40817'
const NOTE = 'QX-NOTE-40817'
const QUARANTINED = 'QX-BROKEN-40817'
const PREDICTED = 'QX-PREDICTED-40817'
const MARKERS = [SUBJECT, NOTE, QUARANTINED, PREDICTED]
const MODEL = 'forgetting'

const temporary = makeTemporaryHome('erasure')
const { home } = temporary
/** The project and its source lie outside the home: an erasure names them and leaves them alone. */
const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-outside-'))
let assay: AssayProcess
let duck: DuckDBConnection

beforeAll(async () => {
  fs.writeFileSync(path.join(outside, 'claims.csv'), claims())
  fs.writeFileSync(path.join(outside, 'contract.yaml'), contract)
  fs.writeFileSync(path.join(outside, 'assay.yaml'), project)
  duck = await (await DuckDBInstance.create(':memory:')).connect()
  assay = await start()
}, 120_000)
afterAll(async () => {
  duck.closeSync()
  await assay.stop()
  temporary.remove()
  fs.rmSync(outside, { recursive: true })
}, 60_000)

const start = () =>
  startAssayProcess({ home, env: { ASSAY_SAMPLE_DATA: 'false', ASSAY_LOG_LEVEL: 'warn', ASSAY_THREADS: '1' } })

/** Claims that a small forest learns well: two rows of the subject, and one more that breaks the contract. */
function claims(): string {
  const lines = ['member,note,amount,kind,late']
  for (let i = 0; i < 700; i++) {
    const [amount, kind] = [(i * 37) % 1_000, ['clinic', 'hospital', 'pharmacy'][(i * 7) % 3]]
    const isLate = amount > 700 || (amount > 350 && kind === 'hospital')
    lines.push(`M-${1_000 + i},,${amount},${kind},${isLate ? 'yes' : 'no'}`)
  }
  lines.push(`${SUBJECT},${NOTE} said so,800,clinic,yes`, `${SUBJECT},,12,clinic,no`)
  lines.push(`${SUBJECT},${QUARANTINED},-5,clinic,no`)
  return `${lines.join('\n')}\n`
}

const contract = `
dataset: forgetting
version: 1
columns:
  - { name: member, type: string, nullable: false, role: subject, policy: pseudonymise }
  - { name: note, type: string, nullable: true, role: ignore }
  - { name: amount, type: number, nullable: false, role: feature, min: 0 }
  - { name: kind, type: category, nullable: false, role: feature, values: [clinic, hospital, pharmacy] }
  - { name: late, type: category, nullable: false, role: target, values: ['yes', 'no'], positive: 'yes' }
`
const project = `
name: forgetting
model: ${MODEL}
data: { kind: csv, path: claims.csv }
contract: contract.yaml
target: late
positive: 'yes'
training: { algorithms: [random_forest], options: { random_forest: { nTrees: 20 } } }
gates: { rocAuc: { threshold: 0.7 }, dataQuality: { threshold: 0.5 } }
waivers: [{ gate: '*', by: test, reason: small data made for a test }]
shadow: { minRequests: 5, maxWaitMs: 200 }
`

type Json = Record<string, any>

type Answer = { status: number; body: Json; etag: string | null }

async function call(method: string, route: string, body?: object): Promise<Answer> {
  const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
  if (route.startsWith('/predict')) headers['idempotency-key'] = `predict-${Date.now()}`
  const response = await fetch(`${assay.url}/api/v1${route}`, { method, headers, body: body && JSON.stringify(body) })
  const etag = response.headers.get('etag')
  return { status: response.status, body: (await response.json()) as Json, etag }
}

/** Polls until a run has ended or waits. */
async function settled(runId: string): Promise<Json> {
  for (;;) {
    const { body } = await call('GET', `/pipeline/${runId}/status`)
    if (['succeeded', 'failed', 'cancelled', 'waiting'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The command line, as a person types it in this home. */
async function cli(...args: string[]): Promise<Json> {
  const launcher = path.join(import.meta.dirname, '../bin/assay.js')
  const env = { PATH: process.env.PATH, HOME: outside }
  const { stdout } = await run(process.execPath, [launcher, ...args, '--json', '--home', home], { env })
  return JSON.parse(stdout)
}

test(
  'a person who asks to be forgotten is found nowhere in the home afterwards, and the record of it holds',
  { timeout: 400_000 },
  async () => {
    const started = await call('POST', '/pipeline/start', { project: outside })
    expect(started).toMatchObject({ status: 201 })
    const { runId } = started.body
    expect(await settled(runId)).toMatchObject({ state: 'waiting', waitingFor: 'approval' })
    await call('POST', `/pipeline/${runId}/approve`, { reason: 'gates are green' })
    const trained = await settled(runId)
    expect(trained).toMatchObject({ state: 'succeeded' })

    const inputs = [
      { amount: 900, kind: PREDICTED },
      { amount: 10, kind: 'clinic' },
    ]
    const predicted = await call('POST', `/predict/${MODEL}`, { inputs, subjects: [SUBJECT, 'M-1000'] })
    expect(predicted).toMatchObject({ status: 200 })
    const [mine, theirs] = predicted.body.predictions
    await call('POST', '/outcomes', { outcomes: [{ predictionId: mine.id, label: 1 }] })
    expect((await call('POST', `/predictions/${mine.id}/replay`, {})).body).toMatchObject({ equal: true })

    const explanation = `/models/${MODEL}/versions/${trained.modelVersion}/explanation`
    const explained = await call('GET', explanation)
    expect(explained.body).toMatchObject({ method: 'tree-path-dependent', unit: 'probability' })
    const isKept = (digest: string) => fs.existsSync(path.join(home, 'artifacts', digest.slice(0, 2), digest))
    const kept = explained.etag!.slice(1, -1)
    expect(isKept(kept)).toBe(true)

    const found = await cli('data', 'find', '--subject', SUBJECT)
    expect(found.findings.map(({ kind }: Json) => kind)).toEqual(
      expect.arrayContaining(['dataset version', 'predictions']),
    )
    expect(found.nKeys).toBe(1)
    // The reading of files below sees what is there.
    expect((await mentions()).map(({ marker }) => marker)).toEqual(expect.arrayContaining([SUBJECT, NOTE]))
    expect(await mentionsInDatabase()).not.toContain(PREDICTED)

    const erased = await cli('data', 'erase', '--subject', SUBJECT, '--reason', 'request 2026-17')
    expect(erased.report).toMatchObject({
      nKeysDestroyed: 1,
      models: [{ model: MODEL, version: trained.modelVersion, datasetVersion: trained.datasetVersion }],
    })
    expect(erased.report.erased).toContainEqual(
      expect.objectContaining({ kind: 'dataset version', id: trained.datasetVersion, count: 2, outcome: 'replaced' }),
    )
    expect(erased.report.sources).toMatchObject([{ datasetVersion: trained.datasetVersion }])

    expect((await call('POST', `/predictions/${mine.id}/replay`, {})).body).toEqual({
      id: mine.id,
      erased: true,
      logged: mine.score,
      modelVersion: trained.modelVersion,
    })
    expect((await call('POST', `/predictions/${theirs.id}/replay`, {})).body).toMatchObject({ equal: true })
    expect(isKept(kept)).toBe(false)
    const ofTheRest = await call('GET', explanation)
    expect(ofTheRest.status).toBe(200)
    expect(ofTheRest.body.nRows).toBeLessThanOrEqual(explained.body.nRows)
    expect((await call('GET', `/predictions/${mine.id}/explanation`)).body).toMatchObject({ erased: true })
    expect((await call('GET', `/predictions/${theirs.id}/explanation`)).body).toMatchObject({ erased: false })
    expect((await call('GET', `/predictions/${mine.id}`)).body).toMatchObject({ input: null, outcome: { label: 1 } })
    expect(await cli('audit', 'verify')).toMatchObject({ intact: true, fault: null })

    const again = await cli('data', 'erase', '--subject', SUBJECT, '--reason', 'request 2026-18')
    expect(again.report).toMatchObject({ erased: [], nKeysDestroyed: 0, models: [] })
    expect(await cli('data', 'find', '--subject', SUBJECT)).toEqual({ findings: [], nKeys: 0 })

    expect(await mentionsInDatabase()).toEqual([])
    await assay.stop()
    expect(await mentions()).toEqual([])
    expect(fs.readFileSync(path.join(outside, 'claims.csv'), 'utf8')).toContain(SUBJECT)
  },
)

/** Markers among the rows of every table of every schema: what a table compresses is not seen in its file. */
async function mentionsInDatabase(): Promise<string[]> {
  const pool = new Pool({ ...(await attachEmbeddedPostgres(home))!.connection, max: 1 })
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    expect(rows.length).toBeGreaterThan(30)
    const found = new Set<string>()
    for (const { name } of rows)
      for (const marker of MARKERS) {
        const hits = await pool.query(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${marker}%`])
        if (hits.rowCount) found.add(marker)
      }
    return [...found]
  } finally {
    await pool.end()
  }
}

/** Every marker in every file of the home, whatever it is packed in. */
async function mentions(): Promise<{ file: string; marker: string }[]> {
  const found: { file: string; marker: string }[] = []
  let nFiles = 0
  for (const entry of fs.readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    nFiles++
    for (const text of await textsOf(file))
      for (const marker of MARKERS)
        if (
          text.includes(marker) ||
          text.includes(Buffer.from(marker, 'utf16le')) ||
          text.includes(Buffer.from(marker, 'utf16le').swap16())
        )
          found.push({ file: path.relative(home, file), marker })
  }
  expect(nFiles).toBeGreaterThan(500)
  return found
}

async function textsOf(file: string): Promise<Buffer[]> {
  const bytes = fs.readFileSync(file)
  const magic = bytes.toString('hex', 0, 4)
  if (magic === '50415231') {
    const reader = await duck.runAndReadAll(`select * from read_parquet('${file}')`)
    return [bytes, Buffer.from(JSON.stringify(reader.getRowsJson()))]
  }
  if (magic.startsWith('1f8b')) return [bytes, gunzipSync(bytes)]
  if (magic === '28b52ffd') return [bytes, zstdDecompressSync(bytes)]
  return [bytes]
}
