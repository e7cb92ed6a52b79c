import { randomUUID } from 'node:crypto'
import type { Db, Tx } from '../platform/index.ts'
import type { LoadedVersion } from './loaded-version.ts'
import { MinuteCounts } from './minute-counts.ts'
import type { VariantRole } from './prediction-log.ts'

const MINUTE_MS = 60_000
const MAX_MINUTES = 60

type Counted = { loaded: LoadedVersion; role: VariantRole; minuteMs: number; counts: MinuteCounts }

/**
 * Counts of this process by version, variant and minute, kept in memory until they are in the database. A flush writes each
 * minute's totals over the row of this replica, so that a flush of unknown outcome is simply repeated. When the database stays
 * away, minutes are merged: at most 60 of a variant are kept.
 */
export class PredictionCounter {
  readonly #nowMs: () => number
  readonly #replica: string
  readonly #counted = new Map<string, Counted>()
  #minuteMs = 0

  constructor(nowMs: () => number, replica: string = randomUUID()) {
    this.#nowMs = nowMs
    this.#replica = replica
  }

  /** The present minute's counts of a variant. Only what the champion answered is counted by bin: drift is about its traffic. */
  of(loaded: LoadedVersion, role: VariantRole): MinuteCounts {
    // Never back: a minute that was flushed and forgotten would be written over with less.
    const minuteMs = (this.#minuteMs = Math.max(this.#minuteMs, Math.floor(this.#nowMs() / MINUTE_MS) * MINUTE_MS))
    const key = [loaded.model, loaded.version, role, loaded.layout?.digest ?? '', minuteMs].join('\n')
    let counted = this.#counted.get(key)
    if (!counted) {
      counted = { loaded, role, minuteMs, counts: new MinuteCounts(loaded, role === 'champion') }
      this.#counted.set(key, counted)
      this.#mergeOldest(counted)
    }
    return counted.counts
  }

  /** Writes everything counted so far; afterwards only the present minute is kept. */
  async flush(db: Db | Tx): Promise<void> {
    const written = [...this.#counted]
    const presentMs = Math.max(this.#minuteMs, Math.floor(this.#nowMs() / MINUTE_MS) * MINUTE_MS)
    this.#minuteMs = presentMs
    if (written.length === 0) return
    await db.$client.query(UPSERT, [JSON.stringify(written.map(([, counted]) => this.#row(counted)))])
    for (const [key, { minuteMs }] of written) if (minuteMs < presentMs) this.#counted.delete(key)
  }

  #row({ loaded, role, minuteMs, counts }: Counted) {
    return {
      model: loaded.model,
      version: loaded.version,
      variant: role,
      minute: new Date(minuteMs).toISOString(),
      replica: this.#replica,
      n_approved: counts.nApproved,
      n_referred: counts.nReferred,
      n_errors: counts.nErrors,
      n_invalid: counts.nInvalid,
      latency: [...counts.latency],
      layout: counts.layout,
      bins: [...counts.bins()],
    }
  }

  #mergeOldest({ loaded, role, counts }: Counted): void {
    const same = [...this.#counted].filter(
      ([, other]) =>
        other.loaded.model === loaded.model &&
        other.loaded.version === loaded.version &&
        other.role === role &&
        other.counts.layout === counts.layout,
    )
    if (same.length <= MAX_MINUTES) return
    const [[, oldest], [secondKey, second]] = same
    oldest.counts.merge(second.counts)
    this.#counted.delete(secondKey)
  }
}

const UPSERT = `
  insert into prediction_counts (model, version, variant, minute, replica, n_approved, n_referred, n_errors, n_invalid, latency,
    layout, bins)
  select * from jsonb_to_recordset($1::jsonb) as row(model text, version text, variant text, minute timestamptz, replica text,
    n_approved bigint, n_referred bigint, n_errors bigint, n_invalid bigint, latency bigint[], layout text, bins bigint[])
  on conflict (model, version, variant, minute, replica, layout) do update set n_approved = excluded.n_approved,
    n_referred = excluded.n_referred, n_errors = excluded.n_errors, n_invalid = excluded.n_invalid, latency = excluded.latency,
    bins = excluded.bins`
