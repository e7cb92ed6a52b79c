import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { listRuns, medianDurationMs, runSummary, RunSummary } from '../pipelines/index.ts'
import { readDatabaseBytes, type Db, type MachineMonitor } from '../platform/index.ts'
import { findChampion, listApprovals, listModels, ModelVersion } from '../registry/index.ts'
import { summariseServing } from '../serving/index.ts'

const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Milliseconds = Nullable(Type.Number())

export const AttentionItem = Type.Object({
  severity: Type.Enum(['critical', 'high', 'medium', 'low']),
  text: Type.String(),
  link: Type.String({ description: 'path in the UI' }),
})
export type AttentionItem = { severity: 'critical' | 'high' | 'medium' | 'low'; text: string; link: string }

export const Overview = Type.Object({
  attention: Type.Array(AttentionItem),
  runs: Type.Object({
    active: Type.Integer(),
    succeededToday: Type.Integer(),
    failedToday: Type.Integer(),
    successRate: Nullable(Type.Number({ description: 'share of the runs that ended today' })),
    lastFailures: Type.Array(RunSummary),
  }),
  champion: Nullable(ModelVersion),
  waitingApprovals: Type.Integer(),
  serving: Type.Object({
    nPredictions: Type.Integer({ description: 'last 24 hours' }),
    predictionsPerMinute: Type.Number({ description: 'last 5 minutes' }),
    p50Ms: Milliseconds,
    p99Ms: Milliseconds,
    nErrors: Type.Integer(),
  }),
  drift: Nullable(Type.Object({ status: Type.String(), driftScore: Nullable(Type.Number()) })),
  resources: Type.Object({
    rssBytes: Type.Number(),
    cpuShare: Type.Number(),
    eventLoopDelayP99Ms: Type.Number(),
    diskFreeBytes: Type.Number(),
    databaseBytes: Type.Number(),
    uptimeSeconds: Type.Number(),
  }),
  estimatedRunMs: Milliseconds,
})

export type OverviewDeps = {
  db: Db
  machine: MachineMonitor
  /** model shown first: the shipped project's, or the only other one */
  defaultModel: string
  /** drift of a model with a champion */
  drift: (model: string) => Promise<{ status: string; driftScore: number | null } | null>
  attention: (model: string) => Promise<AttentionItem[]>
  /** makes the counts of this process part of the figures */
  flush: () => Promise<void>
}

const DAY_MS = 24 * 3_600_000
const RECENT_MS = 5 * 60_000
const N_FAILURES = 5

/** Is anything wrong, and what is going on: one call for the first page. */
export function overviewRoutes(app: App, deps: OverviewDeps): void {
  app.get(
    '/overview',
    {
      schema: {
        tags: ['overview'],
        summary: 'Health, runs, champion, serving, drift, resources',
        response: { 200: Overview },
      },
      preHandler: authorise('view'),
    },
    () => overview(deps),
  )
}

async function overview({ db, machine, defaultModel, drift, attention, flush }: OverviewDeps) {
  await flush()
  const now = new Date()
  const names = (await listModels(db)).map((model) => model.name)
  const model = names.includes(defaultModel) ? defaultModel : (names[0] ?? defaultModel)
  const champion = (await findChampion(db, model)) ?? null
  const window = (lengthMs: number) => ({
    since: new Date(now.getTime() - lengthMs),
    until: new Date(now.getTime() + 60_000),
  })
  const [day, recent, runs, waiting, figures, databaseBytes, estimate, items] = await Promise.all([
    summariseServing(db, window(DAY_MS)),
    summariseServing(db, { since: new Date(now.getTime() - RECENT_MS), until: now }),
    runFigures(db, now),
    listApprovals(db, { status: 'waiting' }),
    machine.read(),
    readDatabaseBytes(db),
    medianDurationMs(db, 'claims'),
    attention(model),
  ])
  return {
    attention: items,
    runs,
    champion,
    waitingApprovals: waiting.length,
    serving: { ...day, predictionsPerMinute: recent.predictionsPerMinute },
    drift: champion ? await drift(model) : null,
    resources: { ...figures, databaseBytes },
    estimatedRunMs: estimate ?? null,
  }
}

async function runFigures(db: Db, now: Date) {
  const { rows } = await db.$client.query(
    `select count(*) filter (where state in ('pending', 'running', 'waiting'))::int as active,
       count(*) filter (where state = 'succeeded' and finished_at >= date_trunc('day', $1::timestamptz))::int as "succeededToday",
       count(*) filter (where state = 'failed' and finished_at >= date_trunc('day', $1::timestamptz))::int as "failedToday"
     from pipeline_runs`,
    [now],
  )
  const { active, succeededToday, failedToday } = rows[0]
  const ended = succeededToday + failedToday
  const failures = await listRuns(db, { limit: N_FAILURES, state: 'failed' })
  return {
    active,
    succeededToday,
    failedToday,
    successRate: ended > 0 ? succeededToday / ended : null,
    lastFailures: failures.map((run) => runSummary(run, now)),
  }
}
