import { withTransaction, type Db, type Logger } from '../platform/index.ts'
import { listDeployments } from '../registry/index.ts'
import type { DriftSettings } from './drift.ts'
import { driftReport, type DriftReport } from './drift-report.ts'
import { recordDriftStatus } from './drift-status.ts'
import { findReference } from './references.ts'

export type MonitorOptions = {
  db: Db
  log: Logger
  /** milliseconds since 1970 */
  clock?: () => number
  settings?: DriftSettings
  /** Writes the counts of this process, so that reports include them. */
  flush?: () => Promise<void>
}

/** Looks at every champion's drift, each five minutes once started, and tells of changes. */
export type Monitor = {
  start(): void
  stop(): Promise<void>
  /** The drift report of a model with this process' counts up to now. Nothing is recorded. @throws as `driftReport` */
  report(query: { model: string; version?: string; since?: Date; until?: Date }): Promise<DriftReport>
  /** One look at all champions: their status is recorded and a change becomes an event. */
  check(): Promise<DriftReport[]>
}

const CHECK_MS = 5 * 60_000

export function createMonitor({
  db,
  log,
  clock = Date.now,
  settings,
  flush = async () => {},
}: MonitorOptions): Monitor {
  let timer: NodeJS.Timeout | undefined
  let checking: Promise<unknown> = Promise.resolve()

  async function report(query: Parameters<Monitor['report']>[0]): Promise<DriftReport> {
    await flush()
    return driftReport(db, { until: new Date(clock() + 1), ...query, settings })
  }

  async function check(): Promise<DriftReport[]> {
    await flush()
    const reports: DriftReport[] = []
    for (const { model, version } of await watchedVersions(db)) {
      const found = await driftReport(db, { model, version, until: new Date(clock() + 1), settings })
      const change = await withTransaction(db, (tx) => recordDriftStatus(tx, found, new Date(clock())))
      if (change) log.warn({ model, version, ...change, driftScore: found.driftScore }, 'the drift status changed')
      reports.push(found)
    }
    return reports
  }

  return {
    report,
    check,
    start() {
      timer = setInterval(() => {
        checking = check().catch((error) => log.warn({ err: error }, 'drift was not looked at'))
      }, CHECK_MS)
    },
    async stop() {
      clearInterval(timer)
      await checking
    },
  }
}

/** Champions that have something to be compared with. */
async function watchedVersions(db: Db): Promise<{ model: string; version: string }[]> {
  const watched: { model: string; version: string }[] = []
  for (const { model, variants } of await listDeployments(db)) {
    const champion = variants.find((variant) => variant.role === 'champion')
    if (champion && (await findReference(db, model, champion.version)))
      watched.push({ model, version: champion.version })
  }
  return watched
}
