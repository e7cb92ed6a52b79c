import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { withTransaction } from '../platform/index.ts'
import {
  dataRoutes,
  getDatasetVersion,
  listDatasetVersions,
  listQuarantined,
  recordContract,
  recordDatasetVersion,
  type Quarantined,
} from './index.ts'

let test: TestApp
let viewer: { authorization: string }
beforeAll(async () => {
  test = await createTestApp({ routesOf: (db) => [(app) => dataRoutes(app, { db })] })
  viewer = await test.as('viewer')
})
afterAll(() => test.close())

const get = (url: string, headers = {}) => test.app.inject({ url: `/api/v1${url}`, headers })
const quality = { completeness: 1, uniqueness: 1, validity: 0.99, consistency: null, timeliness: null }
const quarantined: Quarantined[] = [9, 2, 5].map((row) => ({
  row,
  reasons: ['age is outside 0 to 100', 'region is missing'],
  values: { age: '-1', region: null },
}))

function record(id: string, rows: Quarantined[] = []): Promise<void> {
  const sizes = { nRows: 10, nColumns: 2, contractVersion: 1, nQuarantined: rows.length }
  const version = { id, name: 'claims', source: 'claims.csv', artifact: 'b'.repeat(64), quality, ...sizes }
  return withTransaction(test.db, (tx) => recordDatasetVersion(tx, { ...version, actor: 'local', quarantined: rows }))
}
const eventsOf = async (object: string) =>
  (await test.db.$client.query('select type, data from events_inbox where object = $1', [object])).rows

describe('the store', () => {
  it('lists nothing before anything is recorded', async () => {
    expect(await listDatasetVersions(test.db, 10)).toEqual([])
    expect((await get('/datasets', viewer)).json()).toEqual({ items: [] })
  })

  it('records a version with its quarantine and an event, and the same content once', async () => {
    const id = 'a'.repeat(64)
    await record(id, quarantined)
    await record(id, quarantined)
    expect(await getDatasetVersion(test.db, id)).toMatchObject({ id, name: 'claims', quality, nQuarantined: 3 })
    expect(await listDatasetVersions(test.db, 10)).toHaveLength(1)
    expect((await listQuarantined(test.db, { id, after: -1, limit: 10 })).map(({ row }) => row)).toEqual([2, 5, 9])
    expect(await eventsOf(`dataset:claims@${id.slice(0, 12)}`)).toEqual([
      { type: 'dataset.version_recorded', data: { nRows: 10, nQuarantined: 3 } },
    ])
  })

  it('keeps nothing of a transaction that fails', async () => {
    const failed = withTransaction(test.db, async (tx) => {
      await recordContract(tx, { name: 'gone', yaml: 'a' })
      throw new Error('on the way')
    })
    await expect(failed).rejects.toThrow('on the way')
    expect(await withTransaction(test.db, (tx) => recordContract(tx, { name: 'gone', yaml: 'b' }))).toBe(1)
  })

  it('counts the versions of a contract by its text, by name', async () => {
    const recordOne = (name: string, yaml: string) =>
      withTransaction(test.db, (tx) => recordContract(tx, { name, yaml }))
    const versions = []
    for (const yaml of ['one', 'one', 'two', 'one']) versions.push(await recordOne('claims', yaml))
    expect(versions).toEqual([1, 1, 2, 3])
    expect(await recordOne('vehicles', 'one')).toBe(1)
    expect(await Promise.all(Array.from({ length: 5 }, () => recordOne('claims', 'four')))).toEqual([4, 4, 4, 4, 4])
  })
})

describe('routes', () => {
  const id = 'a'.repeat(64)

  it.each(['/datasets?limit=0', '/datasets?limit=201', `/datasets/${id}/quarantine?after=-2`])(
    'GET %s is refused by the schema',
    async (url) => {
      expect((await get(url)).statusCode).toBe(422)
    },
  )

  it.each(['/datasets', `/datasets/${id}`, `/datasets/${id}/quarantine`])(
    'GET %s needs a key, then the right to view',
    async (url) => {
      expect((await get(url)).statusCode).toBe(401)
      expect((await get(url, await test.as())).statusCode).toBe(403)
    },
  )

  it('answers versions, newest first, and one by its id', async () => {
    await record('c'.repeat(64))
    const { items } = (await get('/datasets', viewer)).json()
    expect(items.map((item: { id: string }) => item.id)).toEqual(['c'.repeat(64), id])
    expect((await get('/datasets?limit=1', viewer)).json().items).toHaveLength(1)
    expect((await get(`/datasets/${id}`, viewer)).json()).toEqual(items[1])
    expect(items[1]).toMatchObject({ nRows: 10, quality, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) })
  })

  it('pages through a quarantine', async () => {
    const page = async (query: string) => (await get(`/datasets/${id}/quarantine${query}`, viewer)).json().items
    expect(await page('?limit=2')).toEqual([quarantined[1], quarantined[2]])
    expect(await page('?limit=2&after=5')).toEqual([quarantined[0]])
    expect(await page('?after=9')).toEqual([])
  })

  it.each([`/datasets/none`, `/datasets/none/quarantine`])('GET %s is not found', async (url) => {
    expect((await get(url, viewer)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })
})
