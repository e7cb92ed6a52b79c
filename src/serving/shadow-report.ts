import type { Db, Tx } from '../platform/index.ts'

/** A shadow beside the answers it mirrored. Shares and means are 0 and figures null when nothing was compared. */
export type ShadowReport = {
  version: string
  since: string
  /** predictions that both scored */
  n: number
  /** mirrored predictions that the shadow failed on */
  nErrors: number
  meanAbsoluteDifference: number
  /** Pearson's, between both scores; null below two predictions or without variance */
  correlation: number | null
  /** share of predictions on which the shadow decided otherwise */
  flipShare: number
  /** time for scoring a request, 95th percentile */
  p95Ms: number | null
  championP95Ms: number | null
}

// A mirrored copy is scored within moments; its prediction lies at most this far before the window.
const LAG = '1 hour'

/** Compares what a version scored as shadow since a time with what was answered. */
export async function shadowReport(
  db: Db | Tx,
  { model, version, since }: { model: string; version: string; since: Date },
): Promise<ShadowReport> {
  const { rows } = await db.$client.query(
    `select count(*) filter (where s.error is null) as n, count(*) filter (where s.error is not null) as "nErrors",
       coalesce(avg(abs(s.score - a.score)), 0) as "meanAbsoluteDifference", corr(s.score, a.score) as correlation,
       coalesce(avg((s.decision <> a.decision)::int)::float8, 0) as "flipShare",
       percentile_cont(0.95) within group (order by s.latency_us / 1000.0) filter (where s.error is null) as "p95Ms",
       percentile_cont(0.95) within group (order by a.latency_us / 1000.0) as "championP95Ms"
     from predictions s join predictions a on a.id = s.mirrors and a.at >= $3::timestamptz - interval '${LAG}'
     where s.model = $1 and s.version = $2 and s.variant = 'shadow' and s.at >= $3`,
    [model, version, since],
  )
  return { version, since: since.toISOString(), ...rows[0] }
}
