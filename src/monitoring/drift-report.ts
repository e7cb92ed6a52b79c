import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import { findChampion } from '../registry/index.ts'
import { readBinCounts, splitCounts } from '../serving/index.ts'
import { compareCounts, DEFAULT_DRIFT_SETTINGS, type DriftComparison, type DriftSettings } from './drift.ts'
import { findReference, type Reference } from './references.ts'

/** Drift of a version's live traffic against what it was trained on. Times are ISO-8601, UTC. */
export type DriftReport = DriftComparison & { model: string; version: string; since: string; until: string }

export type DriftQuery = {
  model: string
  /** the champion when left out */
  version?: string
  /** when left out: the last hour, day or week, whichever is the first with enough rows */
  since?: Date
  /** now when left out */
  until?: Date
  settings?: DriftSettings
}

const HOUR_MS = 3_600_000
const WINDOWS_MS = [HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS]

/**
 * Compares what a version answered as champion in a window with its reference. It reads counts that every replica flushed (flush
 * your own before), merged in the database, so its cost depends on bins and minutes, not on traffic. Windows have whole minutes.
 * @throws NOT_FOUND when the model has no champion or the version no reference
 */
export async function driftReport(db: Db | Tx, query: DriftQuery): Promise<DriftReport> {
  const { model, until = new Date(), settings = DEFAULT_DRIFT_SETTINGS } = query
  const version = query.version ?? (await findChampion(db, model))?.version
  if (version === undefined) throw new AssayError('NOT_FOUND', { what: 'Champion of model', id: model })
  const reference = await findReference(db, model, version)
  if (!reference) throw new AssayError('NOT_FOUND', { what: 'Drift reference of', id: `${model} ${version}` })

  const starts = query.since ? [query.since] : WINDOWS_MS.map((ms) => new Date(until.getTime() - ms))
  let report: DriftReport | undefined
  for (const since of starts) {
    const comparison = await compareWindow(db, reference, { since, until, settings })
    report = { model, version, since: since.toISOString(), until: until.toISOString(), ...comparison }
    if (report.status !== 'insufficient-data') break
  }
  return report!
}

async function compareWindow(
  db: Db | Tx,
  reference: Reference,
  { since, until, settings }: { since: Date; until: Date; settings: DriftSettings },
): Promise<DriftComparison> {
  const { model, version, layout } = reference
  const columns = [...reference.features, reference.score]
  const vector = await readBinCounts(db, { model, version, layout, since, until })
  const parts = splitCounts({ digest: layout, ...reference }, vector)
  const compared = columns.map(({ name, bins, counts, importance }, i) => ({
    name,
    bins,
    importance,
    reference: counts,
    current: parts[i],
  }))
  return compareCounts({ features: compared.slice(0, -1), score: compared[compared.length - 1] }, settings)
}
