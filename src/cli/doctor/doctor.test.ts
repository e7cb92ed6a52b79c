import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { loadConfig, type Connection } from '../../platform/index.ts'
import * as checks from './checks.ts'
import { examine } from './index.ts'

const GIB = 2 ** 30
const home = { path: '/srv/assay', exists: true, isWritable: true, diskFreeBytes: 50 * GIB, runningPid: undefined }

describe('each check', () => {
  it.each([
    ['Node', checks.checkNode('24.1.0'), 'ok', '24.1.0'],
    ['old Node', checks.checkNode('22.3.0'), 'fault', '24 or newer'],
    ['build', checks.checkBuild({ hasKernels: true, hasUi: true }), 'ok', 'kernels'],
    ['no UI', checks.checkBuild({ hasKernels: true, hasUi: false }), 'fault', 'without the web UI'],
    ['no build', checks.checkBuild({ hasKernels: false, hasUi: false }), 'fault', 'the kernels and the web UI'],
    ['configuration', checks.checkConfig('/srv/assay.config.yaml', undefined), 'ok', '/srv/assay.config.yaml'],
    ['refused configuration', checks.checkConfig(undefined, 'port: given 0x'), 'fault', 'port: given 0x'],
    ['home', checks.checkHome(home), 'ok', '/srv/assay'],
    ['new home', checks.checkHome({ ...home, exists: false }), 'ok', 'made at the first start'],
    ['used home', checks.checkHome({ ...home, runningPid: 7 }), 'ok', 'pid 7'],
    ['closed home', checks.checkHome({ ...home, isWritable: false }), 'fault', 'cannot be written'],
    ['disk', checks.checkDisk(home), 'ok', '50.0 GiB'],
    ['small disk', checks.checkDisk({ ...home, diskFreeBytes: GIB }), 'warning', '1.0 GiB'],
    ['full disk', checks.checkDisk({ ...home, diskFreeBytes: 2 ** 20 }), 'fault', '1 MiB'],
    ['memory', checks.checkMemory(GIB), 'ok', '1.0 GiB'],
    ['little memory', checks.checkMemory(GIB / 2), 'warning', '512 MiB'],
    ['embedded', checks.checkDatabase({ kind: 'embedded', isSupported: true, isRunning: false }), 'ok', 'starts with'],
    ['running', checks.checkDatabase({ kind: 'embedded', isSupported: true, isRunning: true }), 'ok', 'running'],
    [
      'no embedded',
      checks.checkDatabase({ kind: 'embedded', isSupported: false, isRunning: false }),
      'fault',
      'no embedded',
    ],
    ['outside', checks.checkDatabase({ kind: 'outside', version: 16, url: 'pg' }), 'ok', 'PostgreSQL 16 at pg'],
    ['old outside', checks.checkDatabase({ kind: 'outside', version: 15, url: 'pg' }), 'fault', 'PostgreSQL 15'],
    ['unreached', checks.checkDatabase({ kind: 'outside', problem: 'refused', url: 'pg' }), 'fault', 'refused'],
    ['free port', checks.checkPort({ host: 'h', port: 1, user: 'nobody' }), 'ok', 'h:1 is free'],
    ['own port', checks.checkPort({ host: 'h', port: 1, user: 'this home' }), 'ok', "this home's"],
    ['taken port', checks.checkPort({ host: 'h', port: 1, user: 'another' }), 'fault', 'another program'],
    ['closed port', checks.checkPort({ host: 'h', port: 1, user: 'not allowed' }), 'fault', 'cannot be'],
    ['loopback', checks.checkExposure({ host: '127.0.0.1', trustLoopback: true }), 'ok', 'without a key'],
    ['loopback with keys', checks.checkExposure({ host: '::1', trustLoopback: false }), 'ok', 'with a key'],
    ['open', checks.checkExposure({ host: '0.0.0.0', trustLoopback: false }), 'warning', 'other machines'],
  ])('%s', (_, finding, verdict, text) => {
    expect(finding.verdict).toBe(verdict)
    expect(finding.text).toContain(text)
    expect(finding.advice === undefined).toBe(verdict === 'ok')
  })
})

describe('an examination', () => {
  let root: string
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-doctor-'))
  })
  afterEach(() => fs.rmSync(root, { recursive: true }))

  const load = (env: Record<string, string>) => () => loadConfig({ env, cwd: root })
  const find = (findings: checks.Finding[], check: string) => findings.find((finding) => finding.check === check)

  it('of a new place finds only what is not built, and leaves no trace', async () => {
    const findings = await examine(root, load({ ASSAY_PORT: '0' }))
    expect(findings.filter((finding) => finding.verdict === 'fault').map((finding) => finding.check)).toEqual(['Build'])
    expect(find(findings, 'Database')).toMatchObject({ text: 'embedded, starts with Assay' })
    expect(fs.readdirSync(root)).toEqual([])
  })

  it('asks an outside server for its version', async () => {
    const url = urlOf(inject('postgres'))
    const findings = await examine(root, load({ ASSAY_PORT: '0', DATABASE_URL: url }))
    const { text, verdict } = find(findings, 'Database')!
    const version = Number(/^PostgreSQL (\d\d) at/.exec(text)?.[1])
    // The suite also runs on the distribution's server, which may be older than what is supported.
    expect(verdict).toBe(version >= 16 ? 'ok' : 'fault')
  })

  it('shows no password of a server that is not there', async () => {
    const url = 'postgresql://me:secret@127.0.0.1:1/none'
    const database = find(await examine(root, load({ ASSAY_PORT: '0', DATABASE_URL: url })), 'Database')
    expect(database).toMatchObject({ verdict: 'fault', text: expect.stringContaining('me:***@127.0.0.1:1') })
  })

  it('sees a port that is taken', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as net.AddressInfo
    expect(find(await examine(root, load({ ASSAY_PORT: String(port) })), 'Port')).toMatchObject({ verdict: 'fault' })
    server.close()
  })

  it('of a refused configuration names its faults', async () => {
    const findings = await examine(root, load({ ASSAY_PORT: 'x' }))
    expect(findings.at(-1)).toMatchObject({ check: 'Configuration', text: expect.stringContaining('port: given "x"') })
  })
})

function urlOf(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString
  return `postgresql://${connection.user}@${encodeURIComponent(connection.host)}/postgres`
}
