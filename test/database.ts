import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { closeDatabase, openDatabase, type Connection, type Db } from '../src/platform/index.ts'
import { inDatabase, TEMPLATE } from './postgres.ts'

/** A database of its own for a test file, with all tables; real PostgreSQL, copied from a template in some 50 ms. */
export async function createTestDatabase(): Promise<{ db: Db; connection: Connection; close(): Promise<void> }> {
  const server = inject('postgres')
  const database = `test_${randomBytes(6).toString('hex')}`
  const admin = openDatabase(server, { max: 1 })
  await admin.$client.query(`create database ${database} template ${TEMPLATE} strategy file_copy`)
  const connection = inDatabase(server, database)
  const db = openDatabase(connection, { max: 5 })
  return {
    db,
    connection,
    async close() {
      await closeDatabase(db)
      await admin.$client.query(`drop database ${database} with (force)`)
      await closeDatabase(admin)
    },
  }
}

/** What DATABASE_URL says for a connection. */
export function databaseUrl(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString
  return `postgresql://${connection.user}@${encodeURIComponent(connection.host)}/${connection.database}`
}
