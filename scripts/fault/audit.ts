import { attachEmbeddedPostgres, closeDatabase, openDatabase, type Db } from '../../src/platform/index.ts'
import type { AcknowledgedKind, Journal } from './journal.ts'

const CHUNK = 5_000

/** Which of the ids the database has, by kind. */
const queries: Record<AcknowledgedKind, string> = {
  prediction: 'select id::text from predictions where id = any($1::uuid[])',
  outcome: 'select prediction_id::text as id from outcomes where prediction_id = any($1::uuid[])',
  run: 'select id from pipeline_runs where id = any($1)',
  vote: `select a.pipeline_run_id as id from approvals a join approval_votes v on v.approval_id = a.id
         where a.pipeline_run_id = any($1)`,
}

export type Audit = { acknowledged: number; lost: number; repeatedEnds: number }

/** Compares the journal with the database of the home, asking PostgreSQL itself and not Assay. */
export async function auditHome(home: string, journal: Journal): Promise<Audit> {
  const server = await attachEmbeddedPostgres(home)
  if (!server) throw new Error(`no PostgreSQL runs in ${home}: there is nothing to compare with`)
  const db = openDatabase(server.connection, { max: 2, name: 'assay fault' })
  try {
    let acknowledged = 0
    let lost = 0
    for (const [kind, ids] of journal.read()) {
      acknowledged += ids.size
      lost += ids.size - (await countFound(db, queries[kind], [...ids]))
    }
    return { acknowledged, lost, repeatedEnds: await countRepeatedEnds(db) }
  } finally {
    await closeDatabase(db)
  }
}

async function countFound(db: Db, query: string, ids: string[]): Promise<number> {
  const found = new Set<string>()
  for (let at = 0; at < ids.length; at += CHUNK) {
    const { rows } = await db.$client.query<{ id: string }>(query, [ids.slice(at, at + CHUNK)])
    for (const row of rows) found.add(row.id)
  }
  return found.size
}

/** Attempts that began after an earlier attempt of the same step had succeeded. */
async function countRepeatedEnds(db: Db): Promise<number> {
  const { rows } = await db.$client.query<{ n: number }>(
    `select count(*)::int as n from step_attempts later
     where exists (select from step_attempts done where done.run_id = later.run_id and done.step = later.step
                   and done.attempt < later.attempt and done.state = 'succeeded')`,
  )
  return rows[0].n
}
