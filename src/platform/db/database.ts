import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** The pool: each statement may run on another connection. */
export type Db = NodePgDatabase & { $client: pg.Pool }
/** One connection inside a transaction that the caller owns. */
export type Tx = NodePgDatabase & { $client: pg.PoolClient }

export type Connection = { connectionString: string } | { host: string; user: string; database: string; port?: number }

// Numbers that Assay keeps in bigint columns (positions, counts, sizes) stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * Opens a pool. The caller closes it with `closeDatabase`.
 * @param options.max connections at most; the embedded server allows 60 in all.
 */
export function openDatabase(connection: Connection, options: { max?: number; name?: string } = {}): Db {
  const pool = new pg.Pool({
    ...connection,
    max: options.max ?? 10,
    application_name: options.name ?? 'assay',
    idleTimeoutMillis: 30_000,
  })
  // An idle connection that breaks (server restarted) is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return drizzle(pool) as Db
}

export async function closeDatabase(db: Db): Promise<void> {
  await db.$client.end()
}

/** Runs `work` in one transaction: commits when it returns, rolls back when it throws. */
export async function withTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.$client.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(drizzle(client) as Tx)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}
