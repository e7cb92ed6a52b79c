import { canonicalJson, type Db } from '../platform/index.ts'
import type { Sealing } from './sealing.ts'

const BATCH = 500

/**
 * Seals the inputs that an earlier release logged in clear, under the keys of their days, and has the table rewritten so that no dead
 * row keeps them. May be cut off at any point: the next call goes on.
 * @returns how many there were
 */
export async function sealEarlierInputs(db: Db, sealing: Pick<Sealing, 'ofDays'>): Promise<number> {
  let nSealed = 0
  for (;;) {
    const { rows } = await db.$client.query<{ id: string; at: Date; input: unknown }>(
      'select id, at, input from predictions where input is not null order by at limit $1',
      [BATCH],
    )
    if (rows.length === 0) break
    const keys = await sealing.ofDays(rows.map(({ id }) => id))
    const texts = rows.map(({ input }) => canonicalJson(input))
    await db.$client.query(
      `update predictions p set sealed = u.sealed, input_digest = u.digest, input = null
       from unnest($1::uuid[], $2::timestamptz[], $3::bytea[], $4::text[]) as u(id, at, sealed, digest)
       where p.id = u.id and p.at = u.at`,
      [
        rows.map(({ id }) => id),
        rows.map(({ at }) => at.toISOString()),
        texts.map((text, i) => keys[i].seal(text, rows[i].id)),
        texts.map((text, i) => keys[i].digest(text)),
      ],
    )
    nSealed += rows.length
  }
  if (nSealed > 0) await db.$client.query('vacuum full predictions')
  return nSealed
}
