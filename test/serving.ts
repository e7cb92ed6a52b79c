import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { createTestDatabase } from './database.ts'
import { loadModel, serialiseModel, trainModel, type Table } from '../src/learn/index.ts'
import {
  openArtifacts,
  openListener,
  withTransaction,
  type ArtifactStore,
  type Connection,
  type Db,
  type Listener,
  type Tx,
} from '../src/platform/index.ts'
import {
  castVote,
  findChampion,
  promote,
  registerVersion,
  requestApproval,
  rollback,
  setDeployment,
  transition,
  type Variant,
} from '../src/registry/index.ts'
import { openKeys, type Keys } from '../src/privacy/index.ts'
import { createServing, type Serving, type ServingOptions } from '../src/serving/index.ts'

export const MODEL = 'claims'
export const silent = pino({ level: 'silent' })

/** Learning rows: amounts, ages with gaps, three kinds of provider; the same for the same seed. */
export function claimsTable(nRows: number, seed = 1): Table {
  const random = seededRandom(seed)
  const levels = ['clinic', 'hospital', 'pharmacy']
  return {
    nRows,
    columns: [
      {
        kind: 'number',
        name: 'amount',
        values: Float64Array.from({ length: nRows }, () => Math.round(random() * 1e5) / 100),
      },
      {
        kind: 'number',
        name: 'age',
        values: Float64Array.from({ length: nRows }, () => (random() < 0.1 ? NaN : Math.round(18 + random() * 70))),
      },
      {
        kind: 'category',
        name: 'provider',
        codes: Int32Array.from({ length: nRows }, () => Math.floor(random() * 3)),
        levels,
      },
    ],
  }
}

/** Inputs as a caller sends them, drawn as the learning rows are. */
export function claimsInputs(nRows: number, seed = 2): Record<string, number | string | null>[] {
  const { columns } = claimsTable(nRows, seed)
  return Array.from({ length: nRows }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        if (column.kind === 'category') return [column.name, column.levels[column.codes[row]]]
        return [column.name, Number.isNaN(column.values[row]) ? null : column.values[row]]
      }),
    ),
  )
}

/** A small model that learned that large amounts at hospitals are denied; its bytes depend on the seed. */
export async function trainClaimsModel(seed: number) {
  const table = claimsTable(400, seed)
  const [amount, , provider] = table.columns
  const y = new Uint8Array(table.nRows)
  for (let row = 0; row < table.nRows; row++)
    if (amount.kind === 'number' && provider.kind === 'category')
      y[row] = amount.values[row] > 700 || (amount.values[row] > 300 && provider.codes[row] === 1) ? 1 : 0
  const options = { nTrees: 5, maxDepth: 5, seed, nThreads: 1 }
  const input = { table, y, target: 'outcome', positive: 'denied', algorithm: 'random_forest' as const, options }
  return serialiseModel(await trainModel(input))
}

export type ServingFixture = {
  db: Db
  connection: Connection
  listener: Listener
  artifacts: ArtifactStore
  /** of the artifacts, and for a test's own files */
  directory: string
  keys: Keys
  /** Registers a version trained with this seed and gives its number. */
  addVersion(options: { seed: number; threshold?: number; model?: string }): Promise<string>
  /** Makes a version the champion, as a pipeline does: staging, approval, promotion. */
  promote(version: string, model?: string): Promise<void>
  rollBack(model?: string): Promise<void>
  /** Sets what is served beside the champion. */
  deploy(beside: Variant[], model?: string): Promise<void>
  /** A serving process of its own, started; closed with the fixture. */
  serve(options?: Partial<ServingOptions>): Promise<Serving>
  close(): Promise<void>
}

export const staging = (version: string): Variant => ({ version, role: 'staging', share: 0 })
export const shadow = (version: string): Variant => ({ version, role: 'shadow', share: 0 })

/** A database, artifacts, models and serving processes for one test file. */
export async function createServingFixture(): Promise<ServingFixture> {
  const database = await createTestDatabase()
  const { db, connection } = database
  const listener = await openListener(connection)
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-serving-'))
  const artifacts = await openArtifacts(directory)
  const keys = openKeys({ directory: path.join(directory, 'keys') })
  const running: Serving[] = []
  return {
    db,
    connection,
    listener,
    artifacts,
    directory,
    keys,
    async addVersion({ seed, threshold = 0.5, model = MODEL }) {
      const bytes = await trainClaimsModel(seed)
      const { sha256, sizeBytes } = await artifacts.put(bytes)
      const registered = await withTransaction(db, (tx) =>
        registerVersion(tx, {
          model,
          artifact: sha256,
          sizeBytes,
          algorithm: 'random_forest',
          signature: loadModel(bytes).signature,
          metrics: {},
          threshold,
          datasetVersion: 'd'.repeat(64),
          runId: null,
          pipelineRunId: null,
          cv: {},
          importance: [],
          fairness: [],
          createdBy: 'local',
        }),
      )
      return registered.version
    },
    promote: (version, model = MODEL) => withTransaction(db, (tx) => promoteApproved(tx, { model, version })),
    async rollBack(model = MODEL) {
      await withTransaction(db, (tx) => rollback(tx, { model, ...by }))
    },
    async deploy(beside, model = MODEL) {
      await withTransaction(db, async (tx) => {
        const present = await findChampion(tx, model)
        const champion: Variant[] = present ? [{ version: present.version, role: 'champion', share: 1 }] : []
        await setDeployment(tx, model, [...champion, ...beside], by)
      })
    },
    async serve(options = {}) {
      const serving = createServing({ db, connection, artifacts, listener, keys, log: silent, ...options })
      running.push(serving)
      await serving.start()
      return serving
    },
    async close() {
      for (const serving of running) await serving.stop()
      await keys.close()
      await listener.close()
      await database.close()
      await fs.rm(directory, { recursive: true, force: true })
    },
  }
}

const by = { actor: 'local', reason: 'test' }

async function promoteApproved(tx: Tx, { model, version }: { model: string; version: string }): Promise<void> {
  await transition(tx, { model, version, to: 'staging', ...by })
  const approval = await requestApproval(tx, {
    model,
    version,
    pipelineRunId: randomUUID(),
    requestedBy: 'local',
    policy: 'solo',
    required: 1,
    expiresAt: new Date(Date.now() + 60_000),
    gates: [],
  })
  await castVote(tx, { approvalId: approval.id, decision: 'approve', ...by })
  await promote(tx, { model, version, approvalId: approval.id, ...by })
}

/** Mulberry32: small, seeded, good enough for test data. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
