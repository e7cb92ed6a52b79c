import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { formatContract, recordContract, recordDatasetVersion, writeDataset, type Contract } from '../data/index.ts'
import { openArtifacts, withTransaction, type ArtifactStore } from '../platform/index.ts'
import { datasetQuestions } from './dataset-questions.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string
let artifacts: ArtifactStore
beforeAll(async () => {
  database = await createTestDatabase()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-questions-'))
  artifacts = await openArtifacts(folder)
})
afterAll(async () => {
  await database.close()
  fs.rmSync(folder, { recursive: true })
})

const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    { name: 'id', type: 'string', nullable: false, role: 'id' },
    { name: 'amount', type: 'number', nullable: false, role: 'feature' },
  ],
  rules: [
    { name: 'positive', sql: 'amount > 0' },
    { name: 'curious', sql: "getenv('HOME') = id" },
  ],
}

async function record(ids: string[], amounts: number[]): Promise<string> {
  const file = path.join(folder, `${ids.join('')}.parquet`)
  const columns = [
    { kind: 'text' as const, name: 'id', values: ids },
    { kind: 'number' as const, name: 'amount', values: Float64Array.from(amounts) },
  ]
  await writeDataset({ nRows: ids.length, columns }, file)
  const { sha256: artifact } = await artifacts.put(fs.readFileSync(file))
  await withTransaction(database.db, async (tx) => {
    const contractVersion = await recordContract(tx, { name: 'd', yaml: formatContract(contract) })
    const quality = { completeness: 1, uniqueness: 1, validity: 1, consistency: 1, timeliness: null }
    const sizes = { nRows: ids.length, nColumns: 2, contractVersion, nQuarantined: 0 }
    await recordDatasetVersion(tx, {
      id: artifact,
      name: 'd',
      source: 's',
      artifact,
      quality,
      ...sizes,
      actor: 'local',
    })
  })
  return artifact
}

it('two versions are compared in a process of its own', async () => {
  const { diff, modelsOf } = datasetQuestions({ db: database.db, artifacts })
  const [a, b] = [await record(['A', 'B', 'C'], [1, 2, 3]), await record(['B', 'C', 'D', 'E'], [2, 4, 5, 6])]
  expect((await diff(a, b)).rows).toEqual({ added: 2, removed: 1, changed: 1 })
  expect(await modelsOf(a)).toEqual([])
  await expect(diff(a, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('rules are judged in a process of its own', async () => {
  const { ruleFaults } = datasetQuestions({ db: database.db, artifacts })
  expect(await ruleFaults(contract)).toEqual([{ index: 1, reason: expect.stringContaining('it calls getenv') }])
})
