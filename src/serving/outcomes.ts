import { AssayError } from '../errors/index.ts'
import { emitEvent, type Tx, type Db } from '../platform/index.ts'
import { predictionTime } from './prediction-id.ts'

/** What turned out to be true of a prediction. `observedAt` is the time of recording when left out. */
export type NewOutcome = { predictionId: string; label: 0 | 1; observedAt?: string }

export type OutcomeReceipt = {
  /** first outcomes */
  accepted: number
  /** outcomes that replaced a different one, which stays in the history */
  corrected: number
  /** outcomes that said what was known */
  unchanged: number
  /** ids that no answered prediction has */
  unknown: string[]
}

export type OutcomeRevision = {
  revision: number
  label: 0 | 1
  observedAt: string
  recordedAt: string
  recordedBy: string
}

/**
 * Records outcomes, however late. Sending the same again changes nothing; a different label or time is a correction, kept beside
 * what it corrects. Calls for the same prediction wait for each other.
 * @throws OUTCOMES_CONTRADICTORY when one call says two things of one prediction; nothing is recorded then
 */
export async function recordOutcomes(
  tx: Tx,
  { outcomes, actor, now = new Date() }: { outcomes: NewOutcome[]; actor: string; now?: Date },
): Promise<OutcomeReceipt> {
  const wanted = withoutRepetition(outcomes)
  const known = await lockPredictions(tx, [...wanted.keys()])
  const present = await readPresent(tx, [...known])
  const fresh: { outcome: NewOutcome; revision: number }[] = []
  let unchanged = outcomes.length - wanted.size
  for (const [id, outcome] of wanted) {
    const before = present.get(id)
    if (!known.has(id)) continue
    if (before && isSame(before, outcome)) unchanged++
    else fresh.push({ outcome, revision: (before?.revision ?? 0) + 1 })
  }
  await insert(tx, fresh, { actor, now })
  const corrected = fresh.filter(({ revision }) => revision > 1).length
  if (corrected > 0)
    await emitEvent(tx, { type: 'outcomes.corrected', actor, object: 'outcomes', data: { nCorrected: corrected } })
  const unknown = [...wanted].filter(([id]) => !known.has(id)).map(([, outcome]) => outcome.predictionId)
  return { accepted: fresh.length - corrected, corrected, unchanged, unknown }
}

/** Every outcome that was ever recorded of a prediction, oldest first; the last one holds. */
export async function outcomeHistory(db: Db | Tx, predictionId: string): Promise<OutcomeRevision[]> {
  if (!predictionTime(predictionId)) return []
  const { rows } = await db.$client.query(
    `select revision, label, observed_at as "observedAt", recorded_at as "recordedAt", recorded_by as "recordedBy"
     from outcomes where prediction_id = $1 order by revision`,
    [predictionId],
  )
  return rows.map((row) => ({
    ...row,
    observedAt: row.observedAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  }))
}

function withoutRepetition(outcomes: NewOutcome[]): Map<string, NewOutcome> {
  const wanted = new Map<string, NewOutcome>()
  for (const outcome of outcomes) {
    const id = outcome.predictionId.toLowerCase()
    const before = wanted.get(id)
    if (before && (before.label !== outcome.label || before.observedAt !== outcome.observedAt))
      throw new AssayError('OUTCOMES_CONTRADICTORY', { id })
    wanted.set(id, outcome)
  }
  return wanted
}

/** The ids that answered predictions have. Their rows stay locked until the transaction ends. */
async function lockPredictions(tx: Tx, ids: string[]): Promise<Set<string>> {
  const timed = ids.flatMap((id) => {
    const at = predictionTime(id)
    return at ? [{ id, at }] : []
  })
  if (timed.length === 0) return new Set()
  const { rows } = await tx.$client.query(
    `select p.id from predictions p join unnest($1::uuid[], $2::timestamptz[]) as wanted(id, at) on p.id = wanted.id and p.at = wanted.at
     where p.variant <> 'shadow' and p.at between $3 and $4 order by p.id for no key update of p`,
    [
      timed.map(({ id }) => id),
      timed.map(({ at }) => at.toISOString()),
      new Date(Math.min(...timed.map(({ at }) => at.getTime()))),
      new Date(Math.max(...timed.map(({ at }) => at.getTime()))),
    ],
  )
  return new Set(rows.map((row) => row.id))
}

type Present = { revision: number; label: 0 | 1; observedAt: Date }

async function readPresent(tx: Tx, ids: string[]): Promise<Map<string, Present>> {
  const { rows } = await tx.$client.query(
    `select distinct on (prediction_id) prediction_id as id, revision, label, observed_at as "observedAt"
     from outcomes where prediction_id = any($1::uuid[]) order by prediction_id, revision desc`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function isSame(before: Present, { label, observedAt }: NewOutcome): boolean {
  const isSameTime = observedAt === undefined || new Date(observedAt).getTime() === before.observedAt.getTime()
  return before.label === label && isSameTime
}

async function insert(
  tx: Tx,
  fresh: { outcome: NewOutcome; revision: number }[],
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  if (fresh.length === 0) return
  await tx.$client.query(
    `insert into outcomes (prediction_id, revision, label, observed_at, recorded_at, recorded_by)
     select id, revision, label, observed_at, $5, $6
     from unnest($1::uuid[], $2::int[], $3::smallint[], $4::timestamptz[]) as o(id, revision, label, observed_at)`,
    [
      fresh.map(({ outcome }) => outcome.predictionId),
      fresh.map(({ revision }) => revision),
      fresh.map(({ outcome }) => outcome.label),
      fresh.map(({ outcome }) => outcome.observedAt ?? now.toISOString()),
      now,
      actor,
    ],
  )
}
