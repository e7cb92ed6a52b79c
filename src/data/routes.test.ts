import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { openArtifacts, withTransaction, type ArtifactStore } from '../platform/index.ts'
import {
  dataRoutes,
  getContract,
  getDatasetVersion,
  listDatasetVersions,
  recordContract,
  recordDatasetVersion,
  recordSplit,
  saveContract,
  type NewDatasetVersion,
  type QuarantinedRow,
} from './index.ts'

let test: TestApp
let folder: string
let artifacts: ArtifactStore
let viewer: { authorization: string }
let developer: { authorization: string }
const asked: unknown[] = []
const diff = {
  columns: { added: ['a'], removed: [], changed: [] },
  rows: { added: 1, removed: 2, changed: null },
  distributions: [],
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-data-routes-'))
  artifacts = await openArtifacts(folder)
  test = await createTestApp({
    routesOf: (db) => [
      (app) =>
        dataRoutes(app, {
          db,
          artifacts,
          modelsOf: async (id) => (id === ID ? [{ model: 'denial', version: '1.0.0' }] : []),
          diff: async (...ids) => {
            asked.push(ids)
            return diff
          },
          startCorrections: async (...given) => {
            asked.push(given)
            return { runId: 'r1' }
          },
          ruleFaults: async ({ rules }) =>
            rules.flatMap(({ sql }, index) => (sql === 'true' ? [] : [{ index, reason: 'it is not true' }])),
        }),
    ],
  })
  viewer = await test.as('viewer')
  developer = await test.as('developer')
})
afterAll(async () => {
  await test.close()
  fs.rmSync(folder, { recursive: true })
})

const ID = 'a'.repeat(64)
const call = (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  { headers = {}, body }: { headers?: object; body?: object } = {},
) =>
  test.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: headers as Record<string, string>,
    ...(body ? { payload: body } : {}),
  })
const get = (url: string, headers: object = {}) => call('GET', url, { headers })
const quality = { completeness: 1, uniqueness: 1, validity: 0.99, consistency: null, timeliness: null }
const quarantined: QuarantinedRow[] = [2, 5, 9].map((row) => ({
  row,
  reasons: [
    { code: 'RANGE_BREACH', column: 'age', message: 'age is not from 0 to 100' },
    ...(row === 5 ? [{ code: 'RULE_BROKEN' as const, column: null, message: 'r' }] : []),
  ],
  values: { age: '-1', region: null },
}))

function record(id: string, more: Partial<NewDatasetVersion> = {}): Promise<void> {
  const sizes = { nRows: 10, nColumns: 2, contractVersion: 1, nQuarantined: 3 }
  const version = { id, name: 'claims', source: 'claims.csv', artifact: 'b'.repeat(64), quality, ...sizes }
  return withTransaction(test.db, (tx) => recordDatasetVersion(tx, { ...version, actor: 'local', ...more }))
}
const put = async (value: string) => (await artifacts.put(Buffer.from(value))).sha256
const eventsOf = async (object: string) =>
  (await test.db.$client.query('select type, data from events_inbox where object = $1', [object])).rows
const yamlOf = (name: string, more = '') =>
  `# kept\ndataset: ${name}\nversion: 1\ncolumns:\n  - { name: y, type: category, nullable: false, role: target }\n${more}`

const profile = {
  nRows: 10,
  columns: [
    {
      name: 'age',
      type: 'integer',
      nRows: 10,
      nMissing: 1,
      nDistinct: 9,
      isDistinctExact: true,
      min: 1,
      max: 9,
      mean: 5,
      standardDeviation: 2.7,
      quantiles: [{ p: 0.5, value: 5 }],
      areQuantilesExact: true,
      histogram: [{ from: 1, to: 10, n: 9 }],
      topValues: [],
    },
  ],
}
const violation = {
  code: 'RANGE_BREACH',
  column: 'age',
  rule: 'x',
  count: 3,
  share: 0.3,
  examples: [{ row: 2, value: '-1' }],
  message: 'm',
}
const warning = { code: 'HIGH_MISSING', column: 'age', message: 'w' }
const sourceFacts = { kind: 'csv', location: 'claims.csv', sizeBytes: 12, sha256: 'c'.repeat(64) }

describe('the store', () => {
  it('lists nothing before anything is recorded', async () => {
    expect(await listDatasetVersions(test.db, { limit: 10 })).toEqual([])
    expect((await get('/datasets', viewer)).json()).toEqual({ items: [] })
  })

  it('records a version with an event, and the same content once', async () => {
    await record(ID, {
      sourceFacts,
      profileArtifact: await put(JSON.stringify(profile)),
      findingsArtifact: await put(JSON.stringify({ violations: [violation], warnings: [warning] })),
      quarantineArtifact: await put(quarantined.map((row) => `${JSON.stringify(row)}\n`).join('')),
    })
    await record(ID)
    expect(await getDatasetVersion(test.db, ID)).toMatchObject({
      id: ID,
      name: 'claims',
      quality,
      nQuarantined: 3,
      parent: null,
    })
    expect(await listDatasetVersions(test.db, { limit: 10 })).toHaveLength(1)
    expect(await eventsOf(`dataset:claims@${ID.slice(0, 12)}`)).toEqual([
      { type: 'dataset.version_recorded', data: { nRows: 10, nQuarantined: 3 } },
    ])
  })

  it('keeps nothing of a transaction that fails', async () => {
    const failed = withTransaction(test.db, async (tx) => {
      await recordContract(tx, { name: 'gone', yaml: 'a' })
      throw new Error('on the way')
    })
    await expect(failed).rejects.toThrow('on the way')
    expect(await withTransaction(test.db, (tx) => recordContract(tx, { name: 'gone', yaml: yamlOf('gone') }))).toBe(1)
  })

  it('counts the versions of a contract by its text, by name', async () => {
    const recordOne = (name: string, more: string) =>
      withTransaction(test.db, (tx) => recordContract(tx, { name, yaml: yamlOf(name, more) }))
    const versions = []
    for (const more of ['', '', '# two\n', '']) versions.push(await recordOne('counted', more))
    expect(versions).toEqual([1, 1, 2, 3])
    expect(await recordOne('vehicles', '')).toBe(1)
    expect(await Promise.all(Array.from({ length: 5 }, () => recordOne('counted', '# four\n')))).toEqual([
      4, 4, 4, 4, 4,
    ])
  })

  it('saves an edited contract as the next version, and one edit of two at once', async () => {
    const save = (basedOn: number, more: string) =>
      withTransaction(test.db, (tx) =>
        saveContract(tx, { name: 'edited', yaml: yamlOf('edited', more), basedOn, actor: 'local' }),
      )
    expect(await save(0, '')).toMatchObject({ version: 1, contract: { version: 1 } })
    const both = await Promise.allSettled([save(1, '# a\n'), save(1, '# b\n')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CONTRACT_CHANGED', message: expect.stringContaining('from version 1, and 2 is the latest') },
    })
    const latest = await getContract(test.db, 'edited')
    expect(latest.yaml).toContain('# kept')
    expect(latest.contract.version).toBe(2)
  })

  it('keeps a split under one name, and no other', async () => {
    const split = {
      datasetVersion: ID,
      name: 'folds',
      method: { kind: 'stratified' as const, nFolds: 5, seed: 1 },
      artifact: 'e',
      counts: [2, 2, 2, 2, 2],
    }
    const recordOne = (artifact: string) => withTransaction(test.db, (tx) => recordSplit(tx, { ...split, artifact }))
    await recordOne('e')
    await recordOne('e')
    await expect(recordOne('f')).rejects.toMatchObject({ code: 'SPLIT_INVALID' })
  })
})

describe('routes', () => {
  const corrections = { corrections: [{ row: 2, values: { age: '1', region: null } }], discards: [5] }
  const readUrls = [
    '/datasets',
    ...['', '/profile', '/violations', '/warnings', '/quarantine', '/lineage', '/splits', `/diff/${ID}`].map(
      (part) => `/datasets/${ID}${part}`,
    ),
    '/contracts',
    '/contracts/claims',
    '/contracts/claims/1',
  ]

  it.each([
    '/datasets?limit=0',
    '/datasets?limit=201',
    '/datasets?color=red',
    `/datasets/${ID}/quarantine?limit=0`,
    `/datasets/${ID}/quarantine?offset=1`,
    '/contracts?limit=0',
    '/contracts/claims/0',
  ])('GET %s is refused by the schema', async (url) => {
    expect((await get(url)).statusCode).toBe(422)
  })

  it.each([
    ['POST', '/contracts/check', {}],
    ['PUT', '/contracts/claims', { yaml: 'a' }],
    ['PUT', '/contracts/claims', { yaml: 'a', basedOn: 1, force: true }],
    [
      'POST',
      `/datasets/${ID}/quarantine/corrections`,
      { corrections: [{ row: -1, values: { a: 'b' } }], discards: [] },
    ],
    ['POST', `/datasets/${ID}/quarantine/corrections`, { corrections: [{ row: 1, values: {} }], discards: [] }],
  ] as const)('%s %s with %j is refused by the schema', async (method, url, body) => {
    expect((await call(method, url, { body })).statusCode).toBe(422)
  })

  it.each(readUrls)('GET %s needs a key, then the right to view', async (url) => {
    expect((await get(url)).statusCode).toBe(401)
    expect((await get(url, await test.as())).statusCode).toBe(403)
  })

  it.each([
    ['POST', '/contracts/check', { yaml: 'a' }, []],
    ['PUT', '/contracts/claims', { yaml: 'a', basedOn: 1 }, ['viewer']],
    ['POST', `/datasets/${ID}/quarantine/corrections`, corrections, ['viewer']],
  ] as const)('%s %s needs a key, then the right to do it', async (method, url, body, roles) => {
    expect((await call(method, url, { body })).statusCode).toBe(401)
    expect((await call(method, url, { body, headers: await test.as(...roles) })).statusCode).toBe(403)
  })

  it('answers versions, newest first, of all or of one name, and one by its id', async () => {
    await record('c'.repeat(64), { parent: ID })
    await record('d'.repeat(64), { name: 'vehicles' })
    const { items } = (await get('/datasets', viewer)).json()
    expect(items.map((item: { id: string }) => item.id[0])).toEqual(['d', 'c', 'a'])
    expect((await get('/datasets?name=claims&limit=1', viewer)).json().items).toMatchObject([
      { id: 'c'.repeat(64), parent: ID },
    ])
    expect((await get(`/datasets/${ID}`, viewer)).json()).toEqual(items[2])
    expect(items[2]).toMatchObject({ nRows: 10, quality, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) })
  })

  it('answers what lies in files: profile, violations, warnings', async () => {
    expect((await get(`/datasets/${ID}/profile`, viewer)).json()).toEqual(profile)
    expect((await get(`/datasets/${ID}/violations`, viewer)).json()).toEqual({ items: [violation] })
    expect((await get(`/datasets/${ID}/warnings`, viewer)).json()).toEqual({ items: [warning] })
    expect((await get(`/datasets/${'c'.repeat(64)}/profile`, viewer)).json()).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  it('pages through a quarantine, all of it or one reason', async () => {
    const page = async (query: string) => (await get(`/datasets/${ID}/quarantine${query}`, viewer)).json()
    const first = await page('?limit=2')
    expect(first.items).toEqual(quarantined.slice(0, 2))
    expect(await page(`?limit=2&after=${first.nextCursor}`)).toEqual({ items: [quarantined[2]], nextCursor: null })
    expect((await page('?reason=RULE_BROKEN')).items).toEqual([quarantined[1]])
    expect(await page('?after=7')).toMatchObject({ status: 422, code: 'CURSOR_INVALID' })
    expect((await get(`/datasets/${'c'.repeat(64)}/quarantine`, viewer)).json()).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('answers lineage, splits and differences', async () => {
    expect((await get(`/datasets/${ID}/lineage`, viewer)).json()).toEqual({
      source: sourceFacts,
      parent: null,
      contractVersion: 1,
      models: [{ model: 'denial', version: '1.0.0' }],
    })
    expect((await get(`/datasets/${ID}/splits`, viewer)).json().items).toMatchObject([
      { name: 'folds', counts: [2, 2, 2, 2, 2] },
    ])
    expect((await get(`/datasets/${ID}/diff/${'c'.repeat(64)}`, viewer)).json()).toEqual(diff)
    expect(asked.at(-1)).toEqual([ID, 'c'.repeat(64)])
  })

  it('starts a run of corrections', async () => {
    const answer = await call('POST', `/datasets/${ID}/quarantine/corrections`, {
      body: corrections,
      headers: developer,
    })
    expect([answer.statusCode, answer.json()]).toEqual([202, { runId: 'r1' }])
    expect(asked.at(-1)).toEqual([ID, corrections, expect.any(String)])
  })

  it('answers contracts, the latest and any', async () => {
    expect((await get('/contracts', viewer)).json().items.map(({ name }: { name: string }) => name)).toEqual([
      'counted',
      'edited',
      'gone',
      'vehicles',
    ])
    expect((await get('/contracts/edited', viewer)).json()).toMatchObject({
      version: 2,
      contract: { dataset: 'edited' },
    })
    expect((await get('/contracts/edited/1', viewer)).json()).toMatchObject({
      version: 1,
      yaml: expect.stringContaining('# kept'),
    })
  })

  it('checks a contract line by line, its rules too', async () => {
    const check = async (yaml: string) =>
      (await call('POST', '/contracts/check', { body: { yaml }, headers: viewer })).json().faults
    expect(await check(yamlOf('x'))).toEqual([])
    expect(await check('a: [')).toEqual([{ line: 1, key: '', message: expect.any(String) }])
    expect(await check(yamlOf('x').replace('category', 'money'))).toMatchObject([{ line: 5, key: 'columns.0.type' }])
    expect(await check(yamlOf('x', "rules:\n  - { name: r, sql: 'true' }\n  - name: s\n    sql: y = 1\n"))).toEqual([
      { line: 9, key: 'rules.1.sql', message: 'rule s: it is not true' },
    ])
  })

  it('saves a contract, tells faults and a conflict', async () => {
    const save = (body: object, name = 'saved') => call('PUT', `/contracts/${name}`, { body, headers: developer })
    expect((await save({ yaml: yamlOf('saved'), basedOn: 0 })).json()).toMatchObject({ name: 'saved', version: 1 })
    expect((await save({ yaml: yamlOf('saved'), basedOn: 1 })).json()).toMatchObject({
      version: 2,
      contract: { version: 2 },
    })
    expect((await save({ yaml: yamlOf('saved'), basedOn: 1 })).json()).toMatchObject({
      status: 409,
      code: 'CONTRACT_CHANGED',
    })
    expect((await save({ yaml: 'a: 1', basedOn: 2 })).json()).toMatchObject({ status: 422, code: 'CONTRACT_INVALID' })
    expect((await save({ yaml: yamlOf('other'), basedOn: 2 })).json()).toMatchObject({ code: 'CONTRACT_INVALID' })
    expect(await eventsOf('contract:saved@2')).toEqual([{ type: 'contract.saved', data: { basedOn: 1 } }])
  })

  it.each(['', '/profile', '/violations', '/quarantine', '/lineage', '/splits'])(
    'of a version that is not there, %s is not found',
    async (part) => {
      expect((await get(`/datasets/none${part}`, viewer)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    },
  )
  it('of a contract that is not there is not found', async () => {
    expect((await get('/contracts/none', viewer)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })
})
