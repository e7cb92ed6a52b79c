import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { createActor, createKey, ensureFirstActors, type App, type Role } from '../src/access/index.ts'
import { createApp, type AppOptions } from '../src/http/index.ts'
import { openListener, withTransaction, type Connection, type Db } from '../src/platform/index.ts'
import { createTestDatabase } from './database.ts'

export type TestApp = {
  app: App
  db: Db
  connection: Connection
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[]
  /** An authorization header of an actor with these roles, made for the call. */
  as(...roles: Role[]): Promise<{ authorization: string }>
  close(): Promise<void>
}

/** The whole HTTP side on a database of its own, listening nowhere: ask it by `app.inject`, or listen on port 0. */
export async function createTestApp(
  options: Partial<Pick<AppOptions, 'routes' | 'checkReady' | 'config'>> & {
    /** files of a built UI, by path */
    ui?: Record<string, string>
    routesOf?: (db: Db) => AppOptions['routes']
  } = {},
): Promise<TestApp> {
  const database = await createTestDatabase()
  const listener = await openListener(database.connection)
  await withTransaction(database.db, ensureFirstActors)
  const uiRoot = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-ui-'))
  for (const [name, text] of Object.entries(options.ui ?? {})) {
    fs.mkdirSync(path.dirname(path.join(uiRoot, name)), { recursive: true })
    fs.writeFileSync(path.join(uiRoot, name), text)
  }
  const logged: Record<string, unknown>[] = []
  const app = await createApp({
    db: database.db,
    listener,
    config: options.config ?? { host: '127.0.0.1', trustLoopback: false },
    log: pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    version: '0.0.0-test',
    startedAt: '2026-01-01T00:00:00.000Z',
    routes: options.routes ?? options.routesOf?.(database.db) ?? [],
    checkReady: options.checkReady ?? (async () => {}),
    uiRoot,
  })
  let nActors = 0
  return {
    app,
    db: database.db,
    connection: database.connection,
    logged,
    async as(...roles) {
      const { key } = await withTransaction(database.db, async (tx) => {
        const actor = await createActor(tx, { name: `${roles.join('-')}-${++nActors}`, roles, by: 'local' })
        return createKey(tx, actor.id, { by: 'local' })
      })
      return { authorization: `Bearer ${key}` }
    },
    async close() {
      await app.close()
      await listener.close()
      await database.close()
      fs.rmSync(uiRoot, { recursive: true })
    },
  }
}
