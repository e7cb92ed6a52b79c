import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { parseContract, recordContract } from '../../data/index.ts'
import { withTransaction } from '../../platform/index.ts'
import type { DatasetSettings } from '../project/index.ts'
import { withContract } from './contract-of-import.ts'

const yaml = `# what we promise
dataset: claims
version: 1
columns:
  - { name: amount, type: number, nullable: false, role: feature, max: 97 }
  - { name: kind, type: category, nullable: false, role: feature, values: [car, home] }
  - { name: fraud, type: category, nullable: false, role: target, positive: 'Y', values: [N, 'Y'] }
`

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
  await withTransaction(database.db, (tx) => recordContract(tx, { name: 'claims', yaml: yaml.replace('97', '50') }))
  await withTransaction(database.db, (tx) => recordContract(tx, { name: 'claims', yaml }))
})
afterAll(() => database.close())

const settings = (part: Partial<DatasetSettings> = {}): DatasetSettings => ({
  name: 'claims',
  data: { kind: 'csv', path: '/claims.csv' },
  drop: [],
  protected: [],
  ...part,
})
const contractOf = async (given: DatasetSettings, request = {}) => withContract(database.db, request, given)

it('is the newest of the dataset, as it was written, where no role is given', async () => {
  expect(await contractOf(settings())).toEqual({ ...settings(), contractYaml: yaml, contractVersion: 2 })
})

it('is left to the data for a new dataset, and where that is asked for', async () => {
  const other = settings({ name: 'other', target: 'fraud' })
  expect(await contractOf(other)).toEqual(other)
  expect(await contractOf(settings(), { inferContract: true })).toEqual(settings())
})

it('has the roles of the request, be it the dataset’s or a given one', async () => {
  const roles = { target: 'kind', positive: 'car', drop: ['amount'], protected: ['fraud'] }
  for (const given of [settings(roles), settings({ ...roles, name: 'other', contractYaml: yaml })]) {
    const { contractYaml } = await contractOf(given)
    expect(parseContract(contractYaml!).columns).toMatchObject([
      { name: 'amount', role: 'ignore', max: 97 },
      { name: 'kind', role: 'target', positive: 'car' },
      { name: 'fraud', role: 'ignore', protected: true },
    ])
  }
})

it('is the given one before that of the dataset', async () => {
  const given = settings({ contractYaml: yaml.replace('97', '10') })
  expect(await contractOf(given)).toEqual(given)
})

it('refuses roles of columns that it does not have', async () => {
  await expect(contractOf(settings({ drop: ['sort'] }))).rejects.toMatchObject({ code: 'COLUMN_UNKNOWN' })
  await expect(contractOf(settings({ target: 'kind' }))).rejects.toMatchObject({ code: 'TARGET_INVALID' })
})
