import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { attachEmbeddedPostgres, isEmbeddedRunning, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'
import { findNative } from './native.ts'
import { isAlive, isPostmaster } from './postmaster-pid.ts'

const isRoot = process.getuid?.() === 0
const log = { info: () => {}, warn: () => {} }
const homes: string[] = []
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  for (const home of homes.splice(0)) {
    await (await attachEmbeddedPostgres(home))?.stop()
    fs.rmSync(home, { recursive: true, force: true })
  }
})

function newHome(mode = 0o755): string {
  const home = fs.mkdtempSync('/tmp/assay-home-')
  fs.chmodSync(home, mode)
  homes.push(home)
  return home
}

async function start(home: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ home, log, isDurable: false })
  servers.push(server)
  return server
}

/** Starts the server from a process of its own, which then waits to be killed. */
async function startElsewhere(home: string, options: { idleStopMs?: number; prefix?: string[] } = {}) {
  const script = fileURLToPath(new URL('./start-and-hold.ts', import.meta.url))
  const command = [...(options.prefix ?? []), process.execPath, script, home, String(options.idleStopMs ?? 600_000)]
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  children.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(line.toString()) as { pid: number; host: string; attached: boolean }) }
}

async function query(server: Pick<EmbeddedPostgres, 'connection'>, sql: string) {
  const client = new Client(server.connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function until(isTrue: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms`)
    await sleep(20)
  }
}

describe('a new home', () => {
  it('gets a UTF-8 database on a private Unix socket without a TCP port', async () => {
    const server = await start(path.join(newHome(), 'deep/below'))
    expect(server.attached).toBe(false)
    const [row] = await query(
      server,
      `select current_database() as database, current_setting('listen_addresses') as tcp,
              current_setting('server_encoding') as encoding, current_setting('max_connections')::int as connections`,
    )
    expect(row).toEqual({ database: 'assay', tcp: '', encoding: 'UTF8', connections: 60 })
    expect(fs.statSync(server.connection.host).mode & 0o077).toBe(0)
  })

  it('may lie at a path that is longer than a socket path can be', async () => {
    const server = await start(path.join(newHome(), 'a'.repeat(75), 'b'.repeat(75)))
    expect(server.connection.host.length).toBeLessThan(90)
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('does not take PGPORT and its like from the environment', async () => {
    process.env.PGPORT = '6000'
    process.env.PGDATA = '/nowhere'
    try {
      expect(await query(await start(newHome()), 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      delete process.env.PGPORT
      delete process.env.PGDATA
    }
  })

  it('is made anew after a crash cut initdb half-way', async () => {
    const home = newHome()
    const halfMade = path.join(home, 'postgres', 'data.new-2147483646')
    fs.mkdirSync(halfMade, { recursive: true })
    fs.writeFileSync(path.join(halfMade, 'PG_VERSION'), '18\n')
    await start(home)
    expect(fs.readdirSync(path.join(home, 'postgres')).sort()).toEqual(['data', 'server.log'])
  })

  it('gives two simultaneous starts one server', async () => {
    const home = newHome()
    const both = await Promise.all([startElsewhere(home), startElsewhere(home)])
    expect(both[0].pid).toBe(both[1].pid)
    expect(both.map((one) => one.attached).sort()).toEqual([false, true])
  })
})

describe('an existing home', () => {
  it('keeps its data over a stop and a start, and cleans up its socket', async () => {
    const home = newHome()
    const first = await start(home)
    await query(first, 'create table kept as select 7 as n')
    expect(isEmbeddedRunning(home)).toBe(true)
    await servers.pop()!.stop()
    expect(isEmbeddedRunning(home)).toBe(false)
    expect(fs.existsSync(first.connection.host)).toBe(false)
    // The server has ended; its parent may take a moment to look.
    await expect.poll(() => isAlive(first.pid)).toBe(false)
    expect(await attachEmbeddedPostgres(home)).toBeUndefined()
    expect(await query(await start(home), 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('is attached to after a kill -9 of the process that started the server', async () => {
    const home = newHome()
    const first = await startElsewhere(home)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    const second = await start(home)
    expect(second).toMatchObject({ attached: true, pid: first.pid })
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('keeps its server when Ctrl-C reaches the whole process group', async () => {
    const home = newHome()
    const first = await startElsewhere(home)
    process.kill(-first.child.pid!, 'SIGINT')
    await once(first.child, 'exit')
    await sleep(100)
    expect(await start(home)).toMatchObject({ attached: true, pid: first.pid })
  })

  it('is found through a symbolic link as the same home', async () => {
    const home = newHome()
    const first = await start(home)
    const link = `${home}-link`
    fs.symlinkSync(home, link)
    try {
      expect(await attachEmbeddedPostgres(link)).toMatchObject({ pid: first.pid })
    } finally {
      fs.rmSync(link)
    }
  })

  it('recovers when the server itself was killed', async () => {
    const home = newHome()
    const first = await start(home)
    await query(first, 'create table kept as select 7 as n')
    process.kill(first.pid, 'SIGKILL')
    servers.pop()
    const second = await start(home)
    expect(second.attached).toBe(false)
    expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }])
    expect(fs.existsSync(first.connection.host)).toBe(false)
  })

  it('starts although its pid file names a process that is somebody else', async () => {
    const home = newHome()
    const first = await start(home)
    await servers.pop()!.stop()
    const stale = [process.pid, first.connection.host, 1, 5432, '/tmp/assay-nobody', '', '', 'ready   ', ''].join('\n')
    fs.writeFileSync(path.join(home, 'postgres/data/postmaster.pid'), stale)
    expect(await start(home)).toMatchObject({ attached: false })
  })

  it('is restarted when its socket directory was swept away', async () => {
    const home = newHome()
    const first = await start(home)
    fs.rmSync(first.connection.host, { recursive: true })
    const second = await start(home)
    expect(second.pid).not.toBe(first.pid)
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('says what PostgreSQL said when it cannot start', async () => {
    const home = newHome()
    await start(home)
    await servers.pop()!.stop()
    fs.rmSync(path.join(home, 'postgres/data/global/pg_control'))
    await expect(start(home)).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_FAILED',
      message: expect.stringContaining('pg_control'),
    })
  })
})

describe('a server that nobody uses', () => {
  it('stops itself once it has had no clients for a while', async () => {
    const home = newHome()
    const first = await startElsewhere(home, { idleStopMs: 2_000 })
    first.child.kill('SIGKILL')
    await until(() => !isPostmaster(first.pid, path.join(home, 'postgres/data')))
    await until(() => !fs.existsSync(first.host))
    expect(await start(home)).toMatchObject({ attached: false })
  })

  it('goes on while there is a client', async () => {
    const home = newHome()
    const first = await startElsewhere(home, { idleStopMs: 1_000 })
    const client = new Client({ host: first.host, port: 5432, user: 'assay', database: 'assay' })
    await client.connect()
    first.child.kill('SIGKILL')
    await sleep(3_500)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
  })
})

describe('who runs the server', () => {
  it.runIf(isRoot)('is an unprivileged user when root starts it in an open home', async () => {
    const server = await start(newHome())
    expect(fs.statSync(`/proc/${server.pid}`).uid).toBe(65_534)
  })

  it.runIf(isRoot && process.platform === 'linux')('is a powerless shadow of root in a closed home', async () => {
    const home = newHome(0o700)
    const server = await start(home)
    const status = fs.readFileSync(`/proc/${server.pid}/status`, 'utf8')
    expect(status).toMatch(/CapEff:\s+0+\n/)
    await servers.pop()!.stop()
    fs.chmodSync(home, 0o755)
    expect(await query(await start(home), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it.runIf(isRoot)('is an ordinary user when an ordinary user starts it', async () => {
    const home = newHome()
    fs.chownSync(home, 65_534, 65_534)
    const setpriv = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
    const server = await startElsewhere(home, { prefix: setpriv })
    expect(fs.statSync(`/proc/${server.pid}`).uid).toBe(65_534)
    expect(fs.statSync(path.join(home, 'postgres/data')).uid).toBe(65_534)
  })

  it.runIf(isRoot)('is nobody at all, with a coded error, where neither can enter', async () => {
    const closed = newHome(0o700)
    fs.mkdirSync(path.join(closed, 'home'))
    fs.chownSync(closed, 1234, 1234)
    await expect(start(path.join(closed, 'home'))).rejects.toMatchObject({ code: 'EMBEDDED_POSTGRES_UNPRIVILEGED' })
  })

  it('is nobody on a platform without a package', () => {
    expect(() => findNative('sunos-sparc')).toThrow(expect.objectContaining({ code: 'EMBEDDED_POSTGRES_UNSUPPORTED' }))
  })
})
