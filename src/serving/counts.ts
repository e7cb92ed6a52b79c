import type { Db, Tx } from '../platform/index.ts'
import { latencyQuantile, N_LATENCY_BUCKETS } from './latency-histogram.ts'
import type { VariantRole } from './prediction-log.ts'

/** What all replicas counted of a variant in a window, as of their last flush. */
export type VariantCounts = {
  version: string
  variant: VariantRole
  nPredictions: number
  nApproved: number
  nReferred: number
  /** answered requests, of one prediction or many */
  nAnswers: number
  /** requests that failed although they were well-formed */
  nErrors: number
  /** requests refused for their inputs */
  nInvalid: number
  /** time from request to answer, with the commit; null without answers */
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

export type Window = { since: Date; until: Date }

/** Counts of a model's variants in whole minutes of a window, merged over replicas. */
export async function readCounts(
  db: Db | Tx,
  { model, since, until }: { model: string } & Window,
): Promise<VariantCounts[]> {
  const merged = await merge(db, { model, since, until })
  return merged.map((counts) => ({
    version: counts.version,
    variant: counts.variant,
    nPredictions: counts.nApproved + counts.nReferred,
    nApproved: counts.nApproved,
    nReferred: counts.nReferred,
    nAnswers: counts.latency.reduce((sum, n) => sum + n, 0),
    nErrors: counts.nErrors,
    nInvalid: counts.nInvalid,
    p50Ms: latencyQuantile(counts.latency, 0.5),
    p95Ms: latencyQuantile(counts.latency, 0.95),
    p99Ms: latencyQuantile(counts.latency, 0.99),
  }))
}

/** All answers (champions' and staging's) of a window in five figures. */
export type ServingSummary = {
  nPredictions: number
  predictionsPerMinute: number
  nErrors: number
  p50Ms: number | null
  p99Ms: number | null
}

/** Answers of a window over all replicas, of one model or of all. */
export async function summariseServing(
  db: Db | Tx,
  { model, since, until }: { model?: string } & Window,
): Promise<ServingSummary> {
  const answers = (await merge(db, { model, since, until })).filter((counts) => counts.variant !== 'shadow')
  const latency = new Float64Array(N_LATENCY_BUCKETS)
  let nPredictions = 0
  let nErrors = 0
  for (const counts of answers) {
    nPredictions += counts.nApproved + counts.nReferred
    nErrors += counts.nErrors
    counts.latency.forEach((n, bucket) => (latency[bucket] += n))
  }
  const minutes = (until.getTime() - since.getTime()) / 60_000
  return {
    nPredictions,
    predictionsPerMinute: nPredictions / minutes,
    nErrors,
    p50Ms: latencyQuantile(latency, 0.5),
    p99Ms: latencyQuantile(latency, 0.99),
  }
}

type Merged = Omit<VariantCounts, 'nPredictions' | 'nAnswers' | 'p50Ms' | 'p95Ms' | 'p99Ms'> & {
  model: string
  latency: number[]
}

async function merge(db: Db | Tx, { model, since, until }: { model?: string } & Window): Promise<Merged[]> {
  const { rows } = await db.$client.query(
    `with rows as materialized (
       select * from prediction_counts where ($1::text is null or model = $1) and minute >= date_trunc('minute', $2::timestamptz) and minute < $3
     ), slots as (
       select model, version, variant, slot, sum(n)::float8 as n
       from rows, unnest(latency) with ordinality as bucket(n, slot) group by model, version, variant, slot
     ), latencies as (
       select model, version, variant, array_agg(n order by slot) as latency from slots group by model, version, variant
     )
     select model, version, variant, sum(n_approved)::float8 as "nApproved", sum(n_referred)::float8 as "nReferred",
       sum(n_errors)::float8 as "nErrors", sum(n_invalid)::float8 as "nInvalid",
       (select l.latency from latencies l where l.model = rows.model and l.version = rows.version and l.variant = rows.variant) as latency
     from rows group by model, version, variant order by model, version, variant`,
    [model ?? null, since, until],
  )
  return rows
}

/**
 * Rows by bin of what a version answered as champion in a window, merged over replicas inside the database, so that the cost
 * here does not grow with traffic. Counts on other layouts are left out. Empty when nothing was counted.
 */
export async function readBinCounts(
  db: Db | Tx,
  { model, version, layout, since, until }: { model: string; version: string; layout: string } & Window,
): Promise<Float64Array<ArrayBuffer>> {
  const { rows } = await db.$client.query(
    `select sum(n)::float8 as n from prediction_counts, unnest(bins) with ordinality as bin(n, slot)
     where model = $1 and version = $2 and variant = 'champion' and layout = $3 and minute >= date_trunc('minute', $4::timestamptz) and minute < $5
     group by slot order by slot`,
    [model, version, layout, since, until],
  )
  return Float64Array.from(rows, (row) => row.n)
}
