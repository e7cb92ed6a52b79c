import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { claimsInputs, createServingFixture, MODEL, type ServingFixture } from '../../../test/serving.ts'
import {
  formatContract,
  getDatasetEvidence,
  getDatasetVersion,
  hashDataset,
  listStoredVersions,
  readDataset,
  recordContract,
  recordDatasetVersion,
  writeDataset,
  type DataColumns,
} from '../../data/index.ts'
import { createInterpreter } from '../../pipelines/index.ts'
import { startChainer, withTransaction } from '../../platform/index.ts'
import {
  pseudonym,
  subjectOfErasure,
  subjectOwner,
  type Finding,
  type PersonalDataHolder,
} from '../../privacy/index.ts'
import { findExplanation, recordExplanation } from '../../registry/index.ts'
import { predictionHolder, replay, type Serving } from '../../serving/index.ts'
import { anonymityRoutes } from '../anonymity/routes.ts'
import { datasetHolder, erasePipeline, erasureRoutes, uploadHolder } from './index.ts'

const SUBJECT = 'MEMBER-4711'
/** Steps run jobs in processes of their own, on whatever machine this is. */
vi.setConfig({ testTimeout: 120_000 })

let fixture: ServingFixture
let serving: Serving
let http: TestApp
let operator: { authorization: string }
let viewer: { authorization: string }
let chainer: { stop(): Promise<void> }
let holders: PersonalDataHolder[]
let walk: () => Promise<void>
/** What one more room holds, and what becomes of the next erasure once every other room has erased. */
let leftOver: Finding[] = []
let interrupt: (() => void) | undefined

beforeAll(async () => {
  fixture = await createServingFixture()
  const { db, listener, artifacts, keys } = fixture
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  serving = await fixture.serve()
  chainer = startChainer(db, listener, () => {})
  const config = { artifactDir: fixture.directory, home: fixture.directory }
  const failing: PersonalDataHolder = {
    room: 'test',
    find: async () => leftOver,
    async erase() {
      const act = interrupt
      interrupt = undefined
      act?.()
      return []
    },
  }
  const uploads = uploadHolder({ db, directory: path.join(fixture.directory, 'uploads') })
  holders = [uploads, datasetHolder({ db, artifacts, config }), predictionHolder(db), failing]
  const definition = erasePipeline({ db, keys, artifacts, config, holders })
  const queue: unknown[] = []
  const engine = {
    async enqueue(_: unknown, call: { args: unknown }) {
      queue.push(call.args)
    },
  }
  const interpreter = createInterpreter({
    db,
    engine: () => engine as never,
    listener,
    definitions: [definition],
    log: { error() {} },
  })
  walk = async () => {
    while (queue.length > 0) await interpreter.deliver(queue.shift() as never)
  }
  http = await createTestApp({
    routes: [
      (app) => anonymityRoutes(app, { db, artifacts }),
      (app) => erasureRoutes(app, { db, engine: engine as never, keys, holders, definition }),
    ],
  })
  operator = await http.as('operator')
  viewer = await http.as('viewer')
})
afterAll(async () => {
  await chainer.stop()
  await http.close()
  await fixture.close()
})

const call = (method: 'GET' | 'POST', url: string, payload?: object, headers: object = operator) =>
  http.app.inject({ method, url: `/api/v1/privacy${url}`, payload, headers: { ...headers } })
const erase = (subject = SUBJECT) => call('POST', '/erasures', { subject, reason: 'request 17' })

/** A dataset version with a column of subjects, stored as an import stores it. */
async function addDataset(name: string, members: (string | null)[], quarantine?: string): Promise<string> {
  const { db, artifacts } = fixture
  const data: DataColumns = {
    nRows: members.length,
    columns: [
      { kind: 'text', name: 'member', values: members },
      { kind: 'number', name: 'amount', values: Float64Array.from(members, (_, i) => i) },
    ],
    sourceRows: Int32Array.from(members, (_, i) => i),
  }
  const file = path.join(fixture.directory, 'new.parquet')
  await writeDataset(data, file)
  const { sha256 } = await artifacts.put(fs.readFileSync(file))
  const id = (await hashDataset(file, { directory: fixture.directory })).id
  const quarantined = quarantine && (await artifacts.put(Buffer.from(quarantine))).sha256
  const yaml = formatContract({
    dataset: name,
    version: 1,
    columns: [
      { name: 'member', type: 'string', nullable: true, role: 'subject' },
      { name: 'amount', type: 'number', nullable: true, role: 'feature' },
    ],
    rules: [],
  })
  await withTransaction(db, async (tx) => {
    const contractVersion = await recordContract(tx, { name, yaml })
    await recordDatasetVersion(tx, {
      id,
      name,
      nRows: members.length,
      nColumns: 2,
      contractVersion,
      source: 'csv:claims.csv',
      artifact: sha256,
      quality: { completeness: 1, uniqueness: 1, validity: 1, consistency: 1 } as never,
      nQuarantined: quarantine?.trim().split('\n').length ?? 0,
      quarantineArtifact: quarantined || null,
      actor: 'local',
    })
  })
  return id
}

test('requests are refused by schema, without a key, without the permission', async () => {
  expect((await call('POST', '/erasures', { subject: ' ', reason: 'request 17' })).statusCode).toBe(422)
  expect((await call('POST', '/erasures', { subject: SUBJECT })).statusCode).toBe(422)
  for (const [method, url, body] of [
    ['POST', '/erasures', { subject: SUBJECT, reason: 'request 17' }],
    ['POST', '/search', { subject: SUBJECT }],
  ] as const) {
    expect((await call(method, url, body, {})).statusCode).toBe(401)
    expect((await call(method, url, body, viewer)).statusCode).toBe(403)
  }
  expect((await call('GET', '/erasures', undefined, {})).statusCode).toBe(401)
  expect((await call('GET', '/erasures?limit=0')).statusCode).toBe(422)
  expect((await call('GET', '/erasures/0')).statusCode).toBe(404)
  const unknown = await call('GET', '/erasures/3f2504e0-4f89-41d3-9a0c-0305e82c3301')
  expect(unknown.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
})

test('a reason that names the subject is refused, for it is kept', async () => {
  const answer = await call('POST', '/erasures', { subject: SUBJECT, reason: `of ${SUBJECT.toLowerCase()}` })
  expect(answer.json()).toMatchObject({ status: 422, code: 'ERASURE_REASON_NAMES_SUBJECT' })
  expect((await call('GET', '/erasures')).json().items).toEqual([])
})

test('a subject is erased from datasets and predictions, others stay, and the report tells what used it', async () => {
  const { db, keys, artifacts } = fixture
  const hidden = pseudonym(keys.pseudonyms.current(), SUBJECT)
  const bad = (row: number, member: string) => `${JSON.stringify({ row, reasons: [], values: { member } })}\n`
  const quarantine = bad(7, 'b') + bad(9, SUBJECT) + bad(11, 'c')
  const clear = await addDataset('clear', ['a', SUBJECT, 'b', SUBJECT, null], quarantine)
  const asideId = await addDataset('aside', ['d', 'e'], bad(3, SUBJECT) + bad(4, 'e'))
  const hashed = await addDataset('hashed', ['p1:a', hidden, 'p1:b'])
  const other = await addDataset('other', ['a', 'b'])
  await db.$client.query('update model_versions set dataset_version = $1', [clear])
  // Cells of single rows, with nothing beside them that says whose they are.
  const explain = async (values: number[]) => (await artifacts.put(Buffer.from(JSON.stringify({ values })))).sha256
  const [explanation, ofOther] = [await explain([1, 3]), await explain([0, 1])]
  const version = { model: MODEL, version: '1.0.0' }
  await recordExplanation(db, version, { artifact: explanation, means: [0.5], datasetVersion: clear })
  const second = { model: MODEL, version: await fixture.addVersion({ seed: 2 }) }
  await recordExplanation(db, second, { artifact: ofOther, means: null, datasetVersion: other })
  const inputs = claimsInputs(3)
  const { predictions } = await serving.predict({
    model: MODEL,
    inputs,
    subjects: [SUBJECT, 'somebody', null],
    actor: 'local',
  })
  for (const [id, text] of [
    ['with', `member,amount\n${SUBJECT},1\nb,2\n`],
    ['without', 'member,amount\nb,2\n'],
  ]) {
    fs.mkdirSync(path.join(fixture.directory, 'uploads', id), { recursive: true })
    fs.writeFileSync(path.join(fixture.directory, 'uploads', id, 'content'), text)
  }
  const before = (await call('POST', '/search', { subject: SUBJECT })).json()
  const counted = before.findings.map(({ kind, count }: Finding) => `${kind} ${count}`)
  expect(counted.sort()).toEqual([
    'artifact 0',
    'artifact 1',
    'artifact 1',
    'dataset version 1',
    'dataset version 2',
    'predictions 1',
    'upload 1',
  ])
  expect(before.nKeys).toBe(1)

  const started = await erase()
  expect(started.statusCode).toBe(202)
  expect(started.json()).toMatchObject({ subject: hidden, reason: 'request 17', finishedAt: null, report: null })
  expect((await erase()).json().id).toBe(started.json().id)
  await walk()

  const erasure = (await call('GET', `/erasures/${started.json().id}`)).json()
  expect(erasure).toMatchObject({ state: 'succeeded', finishedAt: expect.any(String) })
  const { report } = erasure
  const versions = await listStoredVersions(db)
  expect(versions.map(({ name }) => name).sort()).toEqual(['aside', 'clear', 'hashed', 'other'])
  const successor = versions.find(({ name }) => name === 'clear')!
  expect(report).toMatchObject({
    nKeysDestroyed: 1,
    models: [{ model: MODEL, version: '1.0.0', stage: 'production', datasetVersion: clear }],
    unsearched: [],
  })
  expect(report.sources.map(({ datasetVersion }: { datasetVersion: string }) => datasetVersion).sort()).toEqual(
    [clear, hashed].sort(),
  )
  expect(report.erased).toContainEqual({
    room: 'data',
    kind: 'dataset version',
    id: clear,
    count: 2,
    outcome: 'replaced',
    replacedBy: successor.id,
  })
  const removed = { room: 'data', kind: 'artifact', id: explanation, count: 0, outcome: 'removed' }
  expect(report.erased).toContainEqual(removed)
  expect([await artifacts.has(explanation), await artifacts.has(ofOther)]).toEqual([false, true])
  expect(await findExplanation(db, version)).toEqual({ artifact: null, means: [0.5], datasetVersion: clear })
  expect(await findExplanation(db, second)).toMatchObject({ artifact: ofOther })
  const rest = await readDataset(artifacts.path(successor.artifact))
  expect(rest.columns[0].values).toEqual(['a', 'b', null])
  const { id } = await hashDataset(artifacts.path(successor.artifact), { directory: fixture.directory })
  expect(id).toBe(successor.id)
  expect(fs.readdirSync(path.join(fixture.directory, 'uploads'))).toEqual(['without'])
  const read = async (digest: string | null) => Buffer.from(await artifacts.get(digest!)).toString()
  const evidence = await getDatasetEvidence(db, successor.id)
  expect(await read(evidence.quarantineArtifact)).toBe(bad(7, 'b') + bad(11, 'c'))
  expect(JSON.parse(await read(evidence.profileArtifact))).toMatchObject({ nRows: 3 })
  expect(await getDatasetVersion(db, successor.id)).toMatchObject({ parent: clear, nRows: 3, nQuarantined: 2 })
  expect(await getDatasetVersion(db, asideId)).toMatchObject({ nRows: 2, nQuarantined: 1 })
  expect(await read((await getDatasetEvidence(db, asideId)).quarantineArtifact)).toBe(bad(4, 'e'))
  expect(versions.find(({ name }) => name === 'other')!.id).toBe(other)

  const parts = { artifacts, keys: keys.data }
  expect(await replay(db, parts, predictions[0].id)).toMatchObject({ erased: true, logged: predictions[0].score })
  for (const { id } of predictions.slice(1)) expect(await replay(db, parts, id)).toMatchObject({ equal: true })
  expect((await call('POST', '/search', { subject: SUBJECT })).json()).toEqual({ findings: [], nKeys: 0 })
  expect(await keys.data.count([`erasure:${erasure.id}`, subjectOwner(SUBJECT)])).toBe(0)
})

test('a second erasure finds nothing and changes nothing', async () => {
  const versions = await listStoredVersions(fixture.db)
  const { id } = (await erase()).json()
  await walk()
  const { report } = (await call('GET', `/erasures/${id}`)).json()
  expect(report).toMatchObject({ erased: [], nKeysDestroyed: 0, models: [], sources: [] })
  expect(await listStoredVersions(fixture.db)).toEqual(versions)
})

test('an erasure that was cut off is taken up again, and none of its files stay', async () => {
  const { db, artifacts } = fixture
  const id = await addDataset('again', ['x', 'cut-off', 'y'])
  const [{ artifact }] = (await db.$client.query('select artifact from dataset_versions where id = $1', [id])).rows
  let nTimes = 0
  interrupt = () => {
    nTimes++
    // As if the process had been killed between the record and the removal of the file.
    fs.writeFileSync(artifacts.path(artifact), 'PAR1 and the rest')
    throw new Error('the process was killed')
  }
  const { id: erasureId } = (await erase('cut-off')).json()
  await walk()
  expect(nTimes).toBe(1)
  const erasure = (await call('GET', `/erasures/${erasureId}`)).json()
  expect(erasure).toMatchObject({ state: 'succeeded', report: { nKeysDestroyed: 0 } })
  expect(erasure.report.erased).toEqual([expect.objectContaining({ id, outcome: 'replaced', count: 1 })])
  expect(await artifacts.has(artifact)).toBe(false)
})

test('an erasure that leaves something behind fails, names it, and is taken up by the next request', async () => {
  const { db, keys } = fixture
  leftOver = [{ room: 'test', kind: 'file', id: 'stubborn.csv', count: 1 }]
  const { id, runId } = (await erase('stubborn')).json()
  await walk()
  const failed = (await call('GET', `/erasures/${id}`)).json()
  expect(failed).toMatchObject({ state: 'failed', report: null, finishedAt: null })
  const { rows } = await db.$client.query('select failure from pipeline_runs where id = $1', [runId])
  expect(rows[0].failure).toMatchObject({
    code: 'ERASURE_INCOMPLETE',
    message: expect.stringContaining('file stubborn.csv (test)'),
  })
  expect((await subjectOfErasure(db, keys, id)).value).toBe('stubborn')
  leftOver = []
  const again = (await erase('stubborn')).json()
  expect([again.id, again.runId === runId]).toEqual([id, false])
  await walk()
  expect((await call('GET', `/erasures/${id}`)).json().state).toBe('succeeded')
  await expect(subjectOfErasure(db, keys, id)).rejects.toMatchObject({ code: 'ERASURE_FINISHED' })
})

test('the anonymity of a dataset version is asked for by columns', async () => {
  const id = await addDataset('anonymity', ['a', 'a', 'b', 'b', 'b'])
  const ask = (version: string, payload: object, headers: object = viewer) =>
    http.app.inject({
      method: 'POST',
      url: `/api/v1/datasets/${version}/anonymity`,
      payload,
      headers: { ...headers },
    })
  expect((await ask(id, { quasiIdentifiers: [] })).statusCode).toBe(422)
  expect((await ask(id, { quasiIdentifiers: ['member'] }, {})).statusCode).toBe(401)
  expect((await ask('unknown', { quasiIdentifiers: ['member'] })).statusCode).toBe(404)
  expect((await ask(id, { quasiIdentifiers: ['name'] })).json()).toMatchObject({ status: 422, code: 'COLUMN_UNKNOWN' })
  const report = (await ask(id, { quasiIdentifiers: ['member'], sensitive: 'amount', k: 3 })).json()
  expect(report).toMatchObject({ nRows: 5, nClasses: 2, k: 2, nClassesBelow: 1, nRowsBelow: 2, l: 2 })
  expect(report.remedies).toEqual([{ column: 'member', change: 'leave it out', k: 5, nClassesBelow: 0, nRowsBelow: 0 }])
})

test('nothing that is recorded of erasures names the subject', async () => {
  const { rows } = await fixture.db.$client.query(
    `select table_schema, table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const { table_name } of rows) {
    const found = await fixture.db.$client.query(
      `select count(*)::int as n from "${table_name}" t where t::text like '%${SUBJECT}%'`,
    )
    expect([table_name, found.rows[0].n]).toEqual([table_name, 0])
  }
})
