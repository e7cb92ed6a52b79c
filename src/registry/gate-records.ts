import type { GateResult } from '../gates/index.ts'
import type { Db, Tx } from '../platform/index.ts'

/** Keeps the verdicts of gates with the artifact they judged. */
export async function recordGates(
  tx: Tx,
  { subject, artifact, gates }: { subject: string; artifact: string; gates: GateResult[] },
): Promise<void> {
  await tx.$client.query(
    `insert into gate_records (subject, artifact, gate, result) select $1, $2, * from unnest($3::text[], $4::jsonb[])`,
    [subject, artifact, gates.map((gate) => gate.gate), gates.map((gate) => JSON.stringify(gate))],
  )
}

/** The latest verdict of each gate on a subject, in the order they were recorded. */
export async function listGates(db: Db | Tx, subject: string): Promise<GateResult[]> {
  const { rows } = await db.$client.query(
    `select result from (select distinct on (gate) id, result from gate_records where subject = $1 order by gate, id desc) g
     order by id`,
    [subject],
  )
  return rows.map((row) => row.result)
}

export const versionSubject = (model: string, version: string) => `version:${model}@${version}`
