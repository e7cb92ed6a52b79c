import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { lockHome, readRuntime } from './home-lock.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let root: string
beforeAll(async () => {
  database = await createTestDatabase()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-lock-'))
})
afterAll(async () => {
  await database.close()
  fs.rmSync(root, { recursive: true })
})

const url = 'http://127.0.0.1:8000'
async function lock(home: string, onLost?: () => void) {
  const held = await lockHome(database.connection, { home: path.join(root, home), onLost })
  held.announce(url)
  return held
}

async function cutSessions(): Promise<void> {
  await database.db.$client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'assay home lock' and datname = current_database()`,
  )
}

async function holders(): Promise<number[]> {
  const { rows } = await database.db.$client.query(
    `select pid from pg_locks where locktype = 'advisory' and granted
     and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.map((row) => row.pid)
}

describe('the lock of a home', () => {
  it('refuses a second process and names the first', async () => {
    const first = await lock('one')
    await expect(lock('one')).rejects.toMatchObject({
      code: 'HOME_IN_USE',
      message: expect.stringMatching(new RegExp(`one.*pid ${process.pid} at ${url}`)),
    })
    await first.release()
    expect(readRuntime(path.join(root, 'one'))).toBeUndefined()
    await (await lock('one')).release()
  })

  it('belongs to one home, not to the database', async () => {
    const locks = await Promise.all([lock('left'), lock('right')])
    expect(readRuntime(path.join(root, 'left'))).toMatchObject({ pid: process.pid })
    for (const held of locks) await held.release()
  })

  it('ignores what a killed process left in runtime.json', async () => {
    const home = path.join(root, 'stale')
    fs.mkdirSync(home)
    fs.writeFileSync(path.join(home, 'runtime.json'), JSON.stringify({ pid: 1, url: 'http://old' }))
    const held = await lock('stale')
    expect(readRuntime(home)).toMatchObject({ pid: process.pid, url })
    await held.release()
  })

  it('is taken again after the session broke', async () => {
    const held = await lock('broken')
    const before = await holders()
    await cutSessions()
    await expect
      .poll(async () => (await holders()).filter((pid) => !before.includes(pid)), { timeout: 5_000 })
      .toHaveLength(1)
    await expect(lock('broken')).rejects.toMatchObject({ code: 'HOME_IN_USE' })
    await held.release()
  })

  it('tells the holder when another process took the home meanwhile', async () => {
    let isLost = false
    const held = await lock('stolen', () => {
      isLost = true
    })
    await cutSessions()
    const thief = await lock('stolen')
    await expect.poll(() => isLost, { timeout: 5_000 }).toBe(true)
    await held.release()
    await thief.release()
  })
})
