import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let root: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-launcher-'))
  fs.cpSync('bin', path.join(root, 'bin'), { recursive: true })
  write('package.json', '{ "type": "module" }')
  write('node_modules/fastify/package.json', '{}')
  write('build/kernels.wasm', '')
  write('build/web/index.html', '')
  write(
    'src/cli/index.ts',
    `export async function run(argv: string[]): Promise<number> {
       console.log(JSON.stringify({ argv, execPath: process.execPath }))
       if (argv[0] === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000))
       return 5
     }`,
  )
  write('old.cjs', `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`)
})
afterEach(() => fs.rmSync(root, { recursive: true }))

function write(file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), content)
}

function bringNode(version: string): string {
  write('node_modules/node/package.json', JSON.stringify({ version }))
  const file = path.join(root, 'node_modules/node/bin/node')
  fs.mkdirSync(path.dirname(file))
  fs.symlinkSync(process.execPath, file)
  return file
}

const launcher = () => path.join(root, 'bin/assay.js')
const launch = (...args: string[]) => spawnSync(process.execPath, [launcher(), ...args], { encoding: 'utf8' })
const oldNode = () => ['--require', path.join(root, 'old.cjs'), launcher()]

describe('the launcher', () => {
  it('starts the commands with their arguments and keeps their exit code', () => {
    const { stdout, stderr, status } = launch('train', '--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout).argv).toEqual(['train', '--json'])
    expect(status).toBe(5)
  })

  it.each([
    ['build/kernels.wasm', 'npm run build:kernels'],
    ['build/web/index.html', 'npm run build:web'],
    ['build', 'npm run prepare'],
    ['node_modules/fastify', 'npm ci'],
  ])('without %s names the command that mends it', (missing, command) => {
    fs.rmSync(path.join(root, missing), { recursive: true })
    const { stdout, stderr, status } = launch('start')
    expect(stderr).toContain(`run: ${command}\n`)
    expect([stdout, status]).toEqual(['', 1])
  })

  it('lets doctor start without the built files', () => {
    fs.rmSync(path.join(root, 'build'), { recursive: true })
    expect(launch('doctor').status).toBe(5)
  })
})

describe('under an old Node', () => {
  it('goes on under the one that npm brought, with arguments and exit code', () => {
    bringNode('24.1.0')
    const { stdout, status } = spawnSync(process.execPath, [...oldNode(), 'demo', '--json'], { encoding: 'utf8' })
    expect(JSON.parse(stdout).argv).toEqual(['demo', '--json'])
    expect(status).toBe(5)
  })

  it('passes signals on and dies of them', async () => {
    bringNode('24.1.0')
    const child = spawn(process.execPath, [...oldNode(), 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
  })

  it.each([[undefined], ['22.0.0']])('says what is needed when npm brought %s', (version) => {
    if (version) bringNode(version)
    const { stderr, status } = spawnSync(process.execPath, oldNode(), { encoding: 'utf8' })
    expect(stderr).toMatch(/Node 20\.1\.0 runs this, and 24 or newer is needed[^]*run: npm ci/)
    expect(status).toBe(1)
  })
})
