import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAssay, type Assay } from '../src/main.ts'
import { createLogger, loadConfig } from '../src/platform/index.ts'
import { createTestDatabase, databaseUrl } from './database.ts'

// Bringing data in through the real interface: an upload in chunks, the run, and all that is then told of the version.

let database: Awaited<ReturnType<typeof createTestDatabase>>
let home: string
let assay: Assay

beforeAll(async () => {
  database = await createTestDatabase()
  home = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-import-'))
  const env = {
    ASSAY_HOME: home,
    DATABASE_URL: databaseUrl(database.connection),
    ASSAY_PORT: '0',
    ASSAY_SAMPLE_DATA: 'false',
  }
  const log = createLogger({ level: 'fatal', format: 'json' })
  assay = await startAssay({ config: loadConfig({ env, cwd: home }), role: 'start', log })
})
afterAll(async () => {
  await assay.stop()
  await database.close()
  await fs.rm(home, { recursive: true, force: true })
})

type Json = Record<string, any>

async function call(method: string, route: string, body?: object): Promise<{ status: number; body: Json }> {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(`${assay.url}/api/v1${route}`, {
    method,
    headers: body ? { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' } : {},
    body: isBytes ? (body as Uint8Array<ArrayBuffer>) : body && JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Json }
}

async function finished(runId: string): Promise<Json> {
  for (;;) {
    const { body } = await call('GET', `/pipeline/${runId}/status`)
    if (['succeeded', 'failed', 'cancelled'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const rows = Array.from({ length: 400 }, (_, i) => {
  const [amount, chance] = [(i * 37) % 100, (i * 53) % 60]
  return `C${i},${amount},${i % 3 === 0 ? 'car' : 'home'},${amount + chance > 95 ? 'Y' : 'N'}`
})
const csv = ['claim_id,amount,kind,fraud', ...rows].join('\n')
const contract = `
dataset: claims
version: 1
columns:
  - { name: claim_id, type: string, nullable: false, role: id, unique: true }
  - { name: amount, type: integer, nullable: false, role: feature, min: 0, max: 97 }
  - { name: kind, type: category, nullable: false, role: feature, values: [car, home] }
  - { name: fraud, type: category, nullable: false, role: target, positive: 'Y', values: [N, 'Y'] }
`

test('a file goes up in two chunks and becomes a version with its profile, findings and quarantine', async () => {
  const bytes = Buffer.from(csv)
  const { body: upload } = await call('POST', '/uploads', { name: 'claims.csv', sizeBytes: bytes.length })
  await call('PATCH', `/uploads/${upload.id}?offset=0`, bytes.subarray(0, 1_000))
  const early = await call('POST', '/data/imports', { uploadId: upload.id })
  expect(early.body.code).toBe('UPLOAD_INCOMPLETE')
  await call('PATCH', `/uploads/${upload.id}?offset=1000`, bytes.subarray(1_000))
  const { status, body } = await call('POST', '/data/imports', { uploadId: upload.id, name: 'claims', contract })
  expect(status).toBe(201)
  const run = await finished(body.runId)
  expect(run).toMatchObject({ state: 'succeeded', pipeline: 'import', model: '', failure: null })

  const { datasetVersion: id } = run
  const { body: version } = await call('GET', `/datasets/${id}`)
  const nOver = rows.filter((row) => Number(row.split(',')[1]) > 97).length
  expect(version).toMatchObject({ name: 'claims', source: 'claims.csv', nRows: 400 - nOver, nQuarantined: nOver })
  const { body: profile } = await call('GET', `/datasets/${id}/profile`)
  expect(profile.columns.map((column: Json) => column.name)).toEqual(['claim_id', 'amount', 'kind', 'fraud'])
  const { body: violations } = await call('GET', `/datasets/${id}/violations`)
  expect(violations.items).toMatchObject([{ code: 'RANGE_BREACH', column: 'amount', count: nOver }])
  const { body: quarantine } = await call('GET', `/datasets/${id}/quarantine?limit=2`)
  expect(quarantine.items).toHaveLength(2)
  expect(quarantine.items[0]).toMatchObject({ reasons: [{ code: 'RANGE_BREACH', column: 'amount' }] })
})

test('rows in quarantine are mended or discarded into a new version, and no original is lost', async () => {
  const { body: list } = await call('GET', '/datasets?name=claims')
  const before = list.items[0]
  const { body: page } = await call('GET', `/datasets/${before.id}/quarantine`)
  const [mended, discarded] = page.items.map((item: Json) => item.row)
  const { status, body } = await call('POST', `/datasets/${before.id}/quarantine/corrections`, {
    corrections: [{ row: mended, values: { amount: '12' } }],
    discards: [discarded],
  })
  expect(status).toBe(202)
  const run = await finished(body.runId)
  expect(run.failure).toBeNull()
  const { body: after } = await call('GET', `/datasets/${run.datasetVersion}`)
  expect(after).toMatchObject({
    parent: before.id,
    name: 'claims',
    source: 'claims.csv',
    nRows: before.nRows + 1,
    nQuarantined: before.nQuarantined - 2,
  })
  expect((await call('GET', `/datasets/${before.id}/quarantine`)).body.items).toHaveLength(page.items.length)
  const { body: diff } = await call('GET', `/datasets/${before.id}/diff/${after.id}`)
  expect(diff.rows).toMatchObject({ added: 1, removed: 0 })
  const rest = (await call('GET', `/datasets/${after.id}/quarantine`)).body.items.map((item: Json) => item.row)
  expect(rest).not.toContain(mended)
  expect(rest).not.toContain(discarded)
  const again = await call('POST', `/datasets/${after.id}/quarantine/corrections`, {
    corrections: [{ row: rest[0], values: { amount: '13' } }],
    discards: [],
  })
  const second = await finished(again.body.runId)
  const { body: third } = await call('GET', `/datasets/${second.datasetVersion}`)
  expect(third).toMatchObject({ parent: after.id, nRows: after.nRows + 1, nQuarantined: after.nQuarantined - 1 })
})

test(
  'a version that was imported is trained on, in the roles that the project gives',
  { timeout: 60_000 },
  async () => {
    const { body: list } = await call('GET', '/datasets?name=claims')
    const { id } = list.items[0]
    const method = { kind: 'stratified', nFolds: 3, seed: 1 }
    const split = await call('POST', `/datasets/${id}/splits`, { name: 'thirds', method })
    expect(split).toMatchObject({ status: 201, body: { name: 'thirds', method } })
    expect(split.body.counts).toHaveLength(3)
    const other = { name: 'thirds', method: { ...method, seed: 2 } }
    expect((await call('POST', `/datasets/${id}/splits`, other)).body.code).toBe('SPLIT_INVALID')
    const { body } = await call('POST', '/pipeline/start', {
      data: { kind: 'dataset', id },
      target: 'fraud',
      configOverrides: {
        name: 'claims',
        model: 'claims',
        folds: 'split:thirds',
        protected: ['kind'],
        training: { algorithms: ['random_forest', 'logistic_regression'], options: { random_forest: { nTrees: 5 } } },
        waivers: [{ gate: '*', by: 'test', reason: 'small samples differ by chance' }],
      },
    })
    let run: Json = {}
    while (!['waiting', 'failed'].includes(run.state)) run = (await call('GET', `/pipeline/${body.runId}/status`)).body
    expect(run).toMatchObject({ state: 'waiting', datasetVersion: id, failure: null })
    const { body: version } = await call('GET', `/models/claims/${run.modelVersion}`)
    expect(version).toMatchObject({ datasetVersion: id, fairness: [{ attribute: 'kind' }] })
    expect(version.leaderboard).toHaveLength(2)
    expect(version.leaderboard[0].cv.rocAuc.folds).toHaveLength(3)
    expect(version.curves.nPositive).toBeGreaterThan(0)
    const { body: lineage } = await call('GET', `/datasets/${id}/lineage`)
    expect(JSON.stringify(lineage.models)).toContain('claims')
    const { body: unknown } = await call('POST', '/pipeline/start', {
      data: { kind: 'dataset', id: '0'.repeat(64) },
      target: 'fraud',
    })
    expect(await finished(unknown.runId)).toMatchObject({
      state: 'failed',
      failure: { step: 'tests', code: 'NOT_FOUND' },
    })
  },
)

test('no cell of the source lies in the database', async () => {
  const client = database.connection
  const pg = await import('pg')
  const connection = new pg.default.Client({ connectionString: databaseUrl(client) })
  await connection.connect()
  const { rows: columns } = await connection.query(
    `select table_schema, table_name, column_name from information_schema.columns where data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying') and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  for (const { table_schema, table_name, column_name } of columns) {
    const found = await connection.query(
      `select 1 from "${table_schema}"."${table_name}" where "${column_name}"::text like '%C399%' limit 1`,
    )
    expect([table_name, column_name, found.rowCount]).toEqual([table_name, column_name, 0])
  }
  await connection.end()
})

test('without a contract an import is held against the newest of its dataset, until another is asked for', async () => {
  const file = path.join(home, 'held.csv')
  await fs.writeFile(file, csv)
  const nOver = rows.filter((row) => Number(row.split(',')[1]) > 97).length
  const imported = async (more: object): Promise<Json> => {
    const { status, body } = await call('POST', '/data/imports', { source: { kind: 'csv', path: file }, ...more })
    expect(status).toBe(201)
    return finished(body.runId)
  }
  const quarantined = async ({ datasetVersion }: Json) =>
    (await call('GET', `/datasets/${datasetVersion}`)).body.nQuarantined
  const newest = async () => (await call('GET', '/contracts/held')).body

  expect(await quarantined(await imported({}))).toBe(0)
  const inferred = await newest()
  expect(inferred.version).toBe(1)
  const yaml = contract.replace('dataset: claims', 'dataset: held')
  expect((await call('PUT', '/contracts/held', { yaml, basedOn: 1 })).status).toBe(200)

  const held = await imported({})
  expect(await quarantined(held)).toBe(nOver)
  const { body: log } = await call('GET', `/pipeline/${held.id}/logs`)
  expect(JSON.stringify(log)).toContain('Held against version 2 of the contract of held.')
  const { contract: kept } = await newest()
  expect(kept.columns).toEqual((await call('GET', '/contracts/held/2')).body.contract.columns)

  const inRoles = await imported({ drop: ['kind'] })
  expect(await quarantined(inRoles)).toBe(nOver)
  const { contract: dropped } = await newest()
  expect(dropped.columns).toMatchObject([{ role: 'id' }, { max: 97 }, { role: 'ignore' }, { role: 'target' }])
  const unknown = { source: { kind: 'csv', path: file }, drop: ['sort'] }
  expect((await call('POST', '/data/imports', unknown)).body.code).toBe('COLUMN_UNKNOWN')

  expect(await quarantined(await imported({ inferContract: true }))).toBe(0)
  expect((await newest()).contract.columns).toEqual(inferred.contract.columns)
})

test('a file that is no table fails the run with a precise error and leaves nothing half-done', async () => {
  const file = path.join(home, 'broken.csv')
  await fs.writeFile(file, 'a,b\n1,2\n1,2,3\n')
  const { body } = await call('POST', '/data/imports', { source: { kind: 'csv', path: file } })
  const run = await finished(body.runId)
  expect(run.failure).toMatchObject({ step: 'import_dataset', code: 'ROW_BROKEN' })
  expect(run.failure.message).toContain('line 3')
  expect(await fs.readdir(path.join(home, 'artifacts', 'unfinished'))).toEqual([])
})

test('an import without a source, or with an unknown key, is refused before anything starts', async () => {
  expect((await call('POST', '/data/imports', {})).body.code).toBe('IMPORT_INVALID')
  expect((await call('POST', '/data/imports', { sauce: 1 })).status).toBe(422)
})
