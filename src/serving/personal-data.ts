import type { Db } from '../platform/index.ts'
import type { Finding, PersonalDataHolder } from '../privacy/index.ts'

const ROOM = 'serving'
const found = (count: number): Finding[] =>
  count === 0 ? [] : [{ room: ROOM, kind: 'predictions', id: 'prediction log', count }]

/**
 * The log of predictions as a holder of personal data: what is logged under a subject's pseudonym. Inputs become unreadable with the
 * subject's key; here the pseudonym goes too, so that score and decision, which stay for the audit, are nobody's.
 */
export function predictionHolder(db: Db): PersonalDataHolder {
  return {
    room: ROOM,
    async find({ pseudonyms }) {
      const { rows } = await db.$client.query<{ n: number }>(
        'select count(*)::int as n from predictions where subject = any($1)',
        [pseudonyms],
      )
      return found(rows[0].n)
    },
    async erase({ pseudonyms }) {
      const { rowCount } = await db.$client.query('update predictions set subject = null where subject = any($1)', [
        pseudonyms,
      ])
      return found(rowCount ?? 0).map((finding) => ({ ...finding, outcome: 'unlinked' }))
    },
  }
}
