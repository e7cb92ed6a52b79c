import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TestProject } from 'vitest/node'
import { closeDatabase, ensurePartitions, openDatabase, partitionedTables } from '../src/platform/index.ts'
import { startEmbeddedPostgres } from '../src/platform/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; user: string }
  }
}

/** One embedded server for the whole run with a migrated template database; test files copy it (test/database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-test-'))
  await fs.chmod(home, 0o755)
  const server = await startEmbeddedPostgres({
    home,
    log: { info: () => {}, warn: () => {}, error: () => {} } as never,
  })
  const { host, user } = server.connection
  const admin = openDatabase({ host, user, database: 'postgres' })
  await admin.$client.query('create database assay_template')
  await closeDatabase(admin)
  const template = openDatabase({ host, user, database: 'assay_template' })
  const schema: Record<string, unknown> = {}
  for await (const file of fs.glob('src/*/tables.ts'))
    Object.assign(schema, await import(pathToFileURL(path.resolve(file)).href))
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema))
  for (const statement of statements) await template.$client.query(statement)
  for await (const file of fs.glob('src/*/tables.sql')) await template.$client.query(await fs.readFile(file, 'utf8'))
  for (const table of partitionedTables) {
    const { rows } = await template.$client.query('select to_regclass($1) as t', [table.table])
    if (rows[0].t) await ensurePartitions(template, table, new Date())
  }
  await closeDatabase(template)
  project.provide('postgres', { host, user })
  return async () => {
    await server.stop()
    await fs.rm(home, { recursive: true, force: true })
  }
}
