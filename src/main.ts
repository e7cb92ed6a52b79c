import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessRoutes, ensureFirstActors, LOCAL_ACTOR, type App } from './access/index.ts'
import { claimRoutes } from './claims/index.ts'
import { dataRoutes, uploadRoutes, UploadStore } from './data/index.ts'
import { AssayError } from './errors/index.ts'
import { claimsSocket, createApp, listen, purgeIdempotencyKeys, runSockets } from './http/index.ts'
import { attention, createMonitor, findCountLayout, monitoringRoutes, type Monitor } from './monitoring/index.ts'
import { createInterpreter, pipelineRoutes, stepRoutes, STEP_TASK } from './pipelines/index.ts'
import {
  attachEmbeddedPostgres,
  closeDatabase,
  lockHome,
  makePartitions,
  migrateDatabase,
  openArtifacts,
  openDatabase,
  openListener,
  registerMachine,
  startChainer,
  startEmbeddedPostgres,
  startEngine,
  startHeartbeat,
  watchMachine,
  withTransaction,
  type ArtifactStore,
  type Config,
  type Connection,
  type Db,
  type Engine,
  type HomeLock,
  type Listener,
  type Logger,
} from './platform/index.ts'
import { openKeys, type Keys, type PersonalDataHolder } from './privacy/index.ts'
import { championRoutes, findChampion, registryRoutes } from './registry/index.ts'
import { createServing, predictionHolder, servingRoutes, type Serving } from './serving/index.ts'
import { trackingRoutes } from './tracking/index.ts'
import {
  anonymityRoutes,
  createLiveStream,
  createPipelines,
  dataActions,
  datasetHolder,
  erasureRoutes,
  explanationRoutes,
  uploadHolder,
  expireWaits,
  importRoutes,
  liveStreamRoutes,
  loadProject,
  overviewRoutes,
  registryActionRoutes,
  SHIPPED_PROJECT,
  startFirstModel,
  workflowRoutes,
  type Pipelines,
} from './workflows/index.ts'

export type Assay = { url: string; config: Config; firstKey?: string; stop(): Promise<void> }
export type StartOptions = { config: Config; role: 'start' | 'worker'; log: Logger }

const UI_ROOT = fileURLToPath(new URL('../build/web', import.meta.url))
const { version } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}
/** Room for the branches of a training and for other runs beside them. */
const STEPS_AT_ONCE = 6
const STOP_MS = 5_000
const STREAM_SEED = 7
const HOUSEKEEPING_MS = 60_000

const uploadsOf = (config: Config) => path.join(config.home, 'uploads')

/** Undoes what was started, the last first. */
type Cleanup = (undo: () => unknown) => void

/**
 * Starts Assay in this process: everything (`start`), or one that only takes steps (`worker`). Resolves when it answers.
 * What was started before a failure is stopped again.
 */
export async function startAssay(options: StartOptions): Promise<Assay> {
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const started = await start(options, (step) => undo.push(step))
    return { ...started, config: options.config, stop }
  } catch (error) {
    await stop().catch((stopError) => options.log.error({ err: stopError }, 'stopping after a failed start'))
    throw error
  }
}

async function start({ config, role, log }: StartOptions, onStop: Cleanup): Promise<Pick<Assay, 'url' | 'firstKey'>> {
  const platform = await startPlatform({ config, role, log }, onStop)
  const { db, connection, listener, artifacts, lock } = platform
  const keys = openKeys({ directory: config.keyDir, homeKey: config.homeKey })
  onStop(() => keys.close())
  const serving = createServing({
    db,
    keys,
    connection,
    artifacts,
    listener,
    log: log.child({ part: 'serving' }),
    findLayout: (model, version) => findCountLayout(db, model, version),
  })
  const settings = { watch: config.driftThreshold, minimumRows: config.minSamplesForMonitoring }
  const monitor = createMonitor({ db, log: log.child({ part: 'monitoring' }), settings, flush: () => serving.flush() })
  // Every room that holds personal data: an erasure asks them in this order.
  const uploads = uploadHolder({ db, directory: uploadsOf(config) })
  const holders = [uploads, datasetHolder({ db, artifacts, config }), predictionHolder(db)]
  const pipelines = createPipelines({ db, artifacts, serving, config, keys, holders })
  const { engine, machine } = await startWork({ ...platform, config, role, log, pipelines }, onStop)
  if (role === 'worker') return { url: '' }

  const { adminKey } = await withTransaction(db, ensureFirstActors)
  await serving.start()
  onStop(() => serving.stop())
  monitor.start()
  onStop(() => monitor.stop())
  const { app, streamStart } = await assemble(
    { config, log, ...platform, keys, holders, serving, monitor, engine, pipelines },
    onStop,
  )
  const url = await listen(app, config)
  onStop(() => app.close())
  lock?.announce(url)
  await machine.setUrl(url)
  if (config.sampleData) {
    streamStart()
    await startFirstModel({ db, engine, definition: pipelines.claims })
  }
  return { url, firstKey: adminKey }
}

type Platform = { db: Db; connection: Connection; listener: Listener; artifacts: ArtifactStore; lock?: HomeLock }

async function startPlatform({ config, role, log }: StartOptions, onStop: Cleanup): Promise<Platform> {
  const { connection, lock } = await connect({ config, role, log }, onStop)
  const db = openDatabase(connection)
  onStop(() => closeDatabase(db))
  await migrateDatabase(db)
  const listener = await openListener(connection)
  onStop(() => listener.close())
  const chainer = startChainer(db, listener, (error) => log.error({ err: error }, 'chaining events'))
  onStop(() => chainer.stop())
  return { db, connection, listener, lock, artifacts: await openArtifacts(config.artifactDir) }
}

/**
 * The outside database where one is configured; else the home's own server, started or joined. A `start` takes the home before
 * anything else: a second one on the same home leaves the first one's server alone.
 */
async function connect(
  { config, role, log }: StartOptions,
  onStop: Cleanup,
): Promise<{ connection: Connection; lock?: HomeLock }> {
  if (role === 'worker') return { connection: await connectWorker(config) }
  fs.mkdirSync(config.home, { recursive: true })
  const postgres = config.databaseUrl ? undefined : await startEmbeddedPostgres({ home: config.home, log })
  const connection = postgres?.connection ?? { connectionString: config.databaseUrl! }
  const lock = await lockHome(connection, {
    home: config.home,
    onLost: () => {
      log.fatal('another process took the home while the database was away: this one ends')
      process.kill(process.pid, 'SIGTERM')
    },
  })
  if (postgres) onStop(() => postgres.stop())
  onStop(() => lock.release())
  return { connection, lock }
}

async function connectWorker(config: Config): Promise<Connection> {
  if (config.databaseUrl) return { connectionString: config.databaseUrl }
  const running = await attachEmbeddedPostgres(config.home)
  if (!running) throw new AssayError('WORKER_ALONE', { home: config.home })
  return running.connection
}

type Work = StartOptions & Platform & { pipelines: Pipelines }

/** The engine with this process as one of its machines. */
async function startWork({ config, role, log, db, connection, listener, pipelines }: Work, onStop: Cleanup) {
  const ownsHome = role === 'start'
  const id = await registerMachine(db, { role, home: config.home, ownsHome })
  const running = {} as { engine: Engine }
  const interpreter = createInterpreter({
    db,
    engine: () => running.engine,
    listener,
    definitions: Object.values(pipelines),
    effectLog: process.env.ASSAY_EFFECT_LOG,
    log: { error: (error, text) => log.error({ err: error }, text) },
  })
  const engine = await startEngine({
    connection,
    executorId: id,
    concurrency: STEPS_AT_ONCE,
    handlers: { [STEP_TASK]: (args) => interpreter.deliver(args as never) },
    log: { info: (text) => log.debug(text), error: (error, text) => log.error({ err: error }, text) },
  })
  running.engine = engine
  onStop(() => engine.stop(STOP_MS))
  onStop(() => interpreter.stop())
  const machine = await startHeartbeat(db, engine, { id, onError: (error) => log.warn({ err: error }, 'heartbeat') })
  onStop(() => machine.stop())
  return { engine, machine }
}

type Assembly = Platform & {
  config: Config
  log: Logger
  keys: Keys
  holders: PersonalDataHolder[]
  serving: Serving
  monitor: Monitor
  engine: Engine
  pipelines: Pipelines
}

/** Now and then: what has expired goes, and partitions are made ahead. */
function keepHouse(
  { db, engine, log, uploads }: Pick<Assembly, 'db' | 'engine' | 'log'> & { uploads: UploadStore },
  onStop: Cleanup,
): void {
  const work = async () => {
    await purgeIdempotencyKeys(db)
    await expireWaits({ db, engine })
    await uploads.expire()
    await makePartitions(db)
  }
  const fail = (error: unknown) => log.warn({ err: error }, 'housekeeping')
  const timer = setInterval(() => void work().catch(fail), HOUSEKEEPING_MS)
  onStop(() => clearInterval(timer))
}

/** Every room's routes over what they need. */
async function assemble(parts: Assembly, onStop: Cleanup): Promise<{ app: App; streamStart: () => void }> {
  const { config, log, db, listener, artifacts, keys, holders, serving, monitor, engine, pipelines } = parts
  const { model } = await loadProject(SHIPPED_PROJECT)
  const machine = watchMachine(config.home)
  onStop(() => machine.stop())
  const stream = createLiveStream({
    serving,
    model,
    actor: LOCAL_ACTOR,
    seed: STREAM_SEED,
    rate: config.streamRate,
    now: Date.now,
    onError: (error) => log.warn({ err: error }, 'a batch of live claims was not scored'),
  })
  onStop(() => stream.close())
  const drift = async (name: string) => {
    if (!(await findChampion(db, name))) return null
    return monitor.report({ model: name })
  }
  const uploads = new UploadStore(uploadsOf(config))
  keepHouse({ db, engine, log, uploads }, onStop)
  const importDeps = { db, engine, config, artifacts, uploads, definition: pipelines.import }
  const workflowDeps = { db, engine, serving, definition: pipelines.claims }
  const definitions = Object.values(pipelines)
  const app = await createApp({
    db,
    listener,
    config,
    log: log.child({ part: 'http' }),
    version,
    startedAt: new Date().toISOString(),
    uiRoot: UI_ROOT,
    checkReady: async () => void (await db.$client.query('select 1')),
    routes: [
      (scope) => accessRoutes(scope, { db }),
      (scope) =>
        overviewRoutes(scope, {
          db,
          machine,
          defaultModel: model,
          drift,
          attention: async () => {
            // The figure beside it is live: so is what is said about it.
            await monitor.check()
            return attention(db, { health: serving.health() })
          },
          flush: () => serving.flush(),
        }),
      (scope) => pipelineRoutes(scope, { db, definitions }),
      (scope) => stepRoutes(scope, { definitions }),
      (scope) => workflowRoutes(scope, workflowDeps),
      (scope) => importRoutes(scope, importDeps),
      (scope) => registryActionRoutes(scope, workflowDeps),
      (scope) => registryRoutes(scope, { db }),
      (scope) => championRoutes(scope, { db }),
      (scope) => trackingRoutes(scope, { db }),
      (scope) => dataRoutes(scope, { db, artifacts, ...dataActions(importDeps) }),
      (scope) => anonymityRoutes(scope, { db, artifacts }),
      (scope) => erasureRoutes(scope, { db, engine, keys, holders, definition: pipelines.erase }),
      (scope) => uploadRoutes(scope, { uploads }),
      (scope) => explanationRoutes(scope, { db, artifacts, config, keys }),
      (scope) => servingRoutes(scope, { db, artifacts, serving, keys }),
      (scope) => monitoringRoutes(scope, { monitor }),
      claimRoutes,
      (scope) => liveStreamRoutes(scope, { stream, model, drift }),
      (scope) => runSockets(scope, { db, listener }),
      (scope) => claimsSocket(scope, { stream, drift: () => drift(model) }),
    ],
  })
  return { app, streamStart: () => void stream.start({}) }
}
