import type { Db, Tx } from '../platform/index.ts'
import type { GateResult } from './schemas.ts'

/** The subject of gates that judged a model version. */
export function versionSubject(model: string, version: string): string {
  return `version:${model}@${version}`
}

export type GateRecords = {
  /** what was judged: `versionSubject`, or a run and its stage */
  subject: string
  gates: GateResult[]
  /** SHA-256 of the file that was judged; null when none was */
  artifact?: string | null
}

/** Appends verdicts of gates to the record. A verdict equal to the last one of its gate and metric is not repeated. */
export async function recordGates(tx: Tx, { subject, gates, artifact = null }: GateRecords): Promise<void> {
  await tx.$client.query(
    `insert into gate_records (subject, artifact, gate, metric, verdict, result)
     select $1, $2, result ->> 'gate', result ->> 'metric', result ->> 'verdict', result
     from unnest($3::jsonb[]) with ordinality as given (result, position)
     where result is distinct from (
       select last.result from gate_records last
       where last.subject = $1 and last.artifact is not distinct from $2
         and last.gate = given.result ->> 'gate' and last.metric = given.result ->> 'metric'
       order by last.id desc limit 1)
     order by position`,
    [subject, artifact, gates.map((gate) => JSON.stringify(gate))],
  )
}

/**
 * The last verdict of each gate and metric on a subject, in the order in which they were first given.
 * @param of.artifact only verdicts on this file
 */
export async function listGates(
  db: Db | Tx,
  subject: string,
  { artifact }: { artifact?: string } = {},
): Promise<GateResult[]> {
  const { rows } = await db.$client.query(
    `select distinct on (first_id) result from (
       select id, result, min(id) over (partition by gate, metric) as first_id
       from gate_records where subject = $1 and ($2::text is null or artifact = $2)
     ) verdicts order by first_id, id desc`,
    [subject, artifact ?? null],
  )
  return rows.map((row) => row.result)
}
