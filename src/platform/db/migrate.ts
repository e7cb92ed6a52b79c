import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { fileURLToPath } from 'node:url'
import type { Db } from './database.ts'
import { ensurePartitions, type PartitionedTable } from './partitions.ts'

const MIGRATION_LOCK = 7_203_114

/** Tables that grow without end, and the period of their partitions. */
export const partitionedTables: PartitionedTable[] = [
  { table: 'events', by: 'month' },
  { table: 'step_logs', by: 'day' },
  { table: 'predictions', by: 'day' },
]

/** Brings the schema to the version of this code. Safe to call from many processes at once: one migrates, the others wait. */
export async function migrateDatabase(db: Db, now: Date = new Date()): Promise<void> {
  const client = await db.$client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(db, { migrationsFolder: fileURLToPath(new URL('../../../migrations', import.meta.url)) })
    await makePartitions(db, now)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {})
    client.release()
  }
}

/** Makes the partitions that are due of every growing table: at each start, and while a process runs for weeks. */
export async function makePartitions(db: Db, now: Date = new Date()): Promise<void> {
  for (const table of partitionedTables) await ensurePartitions(db, table, now)
}
