import type { Db, Tx } from './database.ts'

export type PartitionedTable = { table: string; by: 'day' | 'month' }

const AHEAD = { day: 7, month: 2 }

/**
 * Makes the partitions of `table` for the present period and those ahead (a week, two months), so that an insert never
 * waits for DDL. Rows outside of them land in the default partition. Idempotent.
 */
export async function ensurePartitions(db: Db | Tx, { table, by }: PartitionedTable, now: Date): Promise<void> {
  for (let ahead = 0; ahead <= AHEAD[by]; ahead++) {
    const from = periodStart(now, by, ahead)
    const to = periodStart(now, by, ahead + 1)
    const name = `${table}_${from.slice(0, by === 'day' ? 10 : 7).replaceAll('-', '')}`
    await db.$client.query(
      `create table if not exists ${name} partition of ${table} for values from ('${from}') to ('${to}')`,
    )
  }
}

function periodStart(now: Date, by: 'day' | 'month', offset: number): string {
  const start =
    by === 'day'
      ? Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + offset)
      : Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)
  return new Date(start).toISOString()
}
