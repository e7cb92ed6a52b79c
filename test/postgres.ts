import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import {
  closeDatabase,
  migrateDatabase,
  openDatabase,
  startEmbeddedPostgres,
  type Connection,
} from '../src/platform/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: Connection
  }
}

export const TEMPLATE = 'assay_template'
const silent = { info: () => {}, warn: () => {} }

/**
 * One server for the whole run with a migrated template database; test files copy it (test/database.ts). The embedded server, or
 * the one that ASSAY_TEST_DATABASE_URL names (its role may create databases).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { connection, stop } = await startServer()
  const admin = openDatabase(connection)
  await admin.$client.query(`drop database if exists ${TEMPLATE}`)
  await admin.$client.query(`create database ${TEMPLATE}`)
  await closeDatabase(admin)
  const template = openDatabase(inDatabase(connection, TEMPLATE))
  await migrateDatabase(template)
  await closeDatabase(template)
  project.provide('postgres', connection)
  return stop
}

async function startServer(): Promise<{ connection: Connection; stop: () => Promise<void> }> {
  const url = process.env.ASSAY_TEST_DATABASE_URL
  if (url) return { connection: { connectionString: url }, stop: async () => {} }
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-test-'))
  await fs.chmod(home, 0o755)
  const server = await startEmbeddedPostgres({ home, log: silent, isDurable: false })
  const stop = async () => {
    await server.stop()
    await fs.rm(home, { recursive: true, force: true })
  }
  return { connection: server.connection, stop }
}

/** The same server, another database. */
export function inDatabase(connection: Connection, database: string): Connection {
  if (!('connectionString' in connection)) return { ...connection, database }
  const url = new URL(connection.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}
