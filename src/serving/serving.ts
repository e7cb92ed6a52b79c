import { loadModel, type Model } from '../learn/index.ts'
import type { ArtifactStore, Connection, Db, Listener, Logger } from '../platform/index.ts'
import type { Keys } from '../privacy/index.ts'
import { createAnswering, type PredictionAnswer, type PredictRequest } from './answering.ts'
import type { CountLayout } from './count-layout.ts'
import { PredictionCounter } from './counter.ts'
import { readCounts, type VariantCounts } from './counts.ts'
import { viewDeployment, type DeploymentView } from './deployment-view.ts'
import { desiredDeployments } from './desired.ts'
import { follow } from './following.ts'
import { createPredictionIds } from './prediction-id.ts'
import { openPredictionLog, type PredictionLogOptions } from './prediction-log.ts'
import { sealEarlierInputs } from './seal-earlier.ts'
import { createSealing } from './sealing.ts'
import { Runtime, type RuntimeFault } from './runtime.ts'
import { createShadow } from './shadow.ts'

export type ServingOptions = {
  db: Db
  /** for the log's own two connections */
  connection: Connection
  artifacts: Pick<ArtifactStore, 'get'>
  listener: Listener
  /** what logged inputs are sealed with */
  keys: Pick<Keys, 'data' | 'pseudonyms'>
  log: Logger
  /** milliseconds since 1970 */
  clock?: () => number
  loadModel?: (bytes: Uint8Array) => Model
  /** The bins that a version's predictions are counted on; without it they are counted by decision and latency alone. */
  findLayout?: (model: string, version: string) => Promise<CountLayout | undefined>
  logOptions?: Omit<PredictionLogOptions, 'connection'>
}

export type ServingHealth = {
  models: string[]
  /** how full the log's buffer is, 0..1; at 1 requests are refused */
  logFill: number
  /** mirrored rows that were not recorded because there was no room */
  nShadowDropped: number
  faults: (RuntimeFault & { model: string })[]
}

/** One process' serving. Nothing between `predict` and the log's insert reads the database. */
export type Serving = {
  /** Loads what is deployed, then follows changes: by NOTIFY at once, by a poll each second. */
  start(): Promise<void>
  /** Answers what is under way, writes the counts, closes the log. */
  stop(): Promise<void>
  /**
   * Validates, scores, decides, logs durably, then answers.
   * @throws NOT_FOUND (model not deployed), NO_CHAMPION, VARIANT_NOT_DEPLOYED, NUMBER_OF_INPUTS, PREDICTION_INPUT_INVALID, SUBJECTS_INVALID,
   *   PREDICTION_LOG_FULL, PREDICTION_LOG_UNAVAILABLE
   */
  predict(request: PredictRequest): Promise<PredictionAnswer>
  /** When it resolves, what the registry wanted of a model (or of all) at the call is served or among the faults. */
  reconcile(model?: string): Promise<void>
  /** Writes the counts of this process to the database. */
  flush(): Promise<void>
  /** Waits until every mirrored request so far is recorded. */
  drainShadow(): Promise<void>
  /** Counts of the last 24 hours by version and variant: of this process as of now, of others as of their last flush. */
  counts(model: string): Promise<VariantCounts[]>
  /** @throws NOT_FOUND */
  deployment(model: string): Promise<DeploymentView>
  health(): ServingHealth
}

const DAY_MS = 24 * 3_600_000

/** Makes the serving of one process. The caller starts and stops it and owns `db` and `listener`. */
export function createServing(options: ServingOptions): Serving {
  const { db, listener, log, clock = Date.now } = options
  const nextId = createPredictionIds(clock)
  const predictionLog = openPredictionLog({ connection: options.connection, ...options.logOptions })
  const counter = new PredictionCounter(clock)
  const loader = {
    artifacts: options.artifacts,
    loadModel: options.loadModel ?? loadModel,
    findLayout: options.findLayout ?? (async () => undefined),
  }
  const runtime = new Runtime({ desired: desiredDeployments(db), loader, log })
  const shadow = createShadow({ runtime, log: predictionLog, counter, nextId })
  const sealing = createSealing(options.keys, clock)
  const predict = createAnswering({ runtime, log: predictionLog, counter, sealing, nextId, onAnswered: shadow.mirror })
  const reconcile = (model?: string) => runtime.reconcile(model)
  const flush = () => counter.flush(db)
  let unfollow = () => {}

  async function counts(model: string): Promise<VariantCounts[]> {
    await flush()
    return readCounts(db, { model, since: new Date(clock() - DAY_MS), until: new Date(clock() + 1) })
  }

  return {
    predict,
    reconcile,
    flush,
    counts,
    drainShadow: shadow.drain,
    async start() {
      const nSealed = await sealEarlierInputs(db, sealing)
      if (nSealed > 0) log.info({ nSealed }, 'inputs that an earlier release logged in clear are sealed')
      await reconcile()
      unfollow = follow({ listener, log, reconcile, flush })
    },
    async stop() {
      unfollow()
      await shadow.drain()
      await predictionLog.close()
      await flush().catch((error) => log.warn({ err: error }, 'the last counts are lost'))
    },
    deployment: async (model) =>
      viewDeployment(db, { model, runtime, counts: await counts(model), now: new Date(clock()) }),
    health: () => ({
      models: runtime.models(),
      logFill: predictionLog.fill,
      nShadowDropped: shadow.nDropped(),
      faults: runtime.models().flatMap((model) => runtime.find(model)!.faults.map((fault) => ({ ...fault, model }))),
    }),
  }
}
