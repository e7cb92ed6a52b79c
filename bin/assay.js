#!/usr/bin/env node
// Plain JavaScript without new syntax or imports of new names: it also runs under the Node that is too old for the rest.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import module, { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const WANTED_NODE = 24
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)

if (majorOf(process.versions.node) < WANTED_NODE) startUnderNewerNode()
else await start()

async function start() {
  const missing = findMissing()
  if (missing) return refuse(missing.what, missing.command)
  module.enableCompileCache?.()
  // Young garbage is collected in 4 MB steps instead of 16: resident memory stays some 20 MB lower.
  setFlagsFromString('--max-semi-space-size=4')
  await import('./resolve-hooks.js')
  const { run } = await import('../src/cli/index.ts')
  process.exitCode = await run(args, () => import('../src/main.ts'))
}

/** What `npm ci --ignore-scripts`, or no npm at all, leaves out. `assay doctor` starts without it, to say so among the rest. */
function findMissing() {
  const isThere = (file) => fs.existsSync(path.join(root, file))
  if (!findPackage('fastify')) return { what: 'the packages are not installed', command: 'npm ci' }
  if (args[0] === 'doctor') return undefined
  const hasKernels = isThere('build/kernels.wasm')
  const hasUi = isThere('build/web/index.html')
  if (!hasKernels && !hasUi) return { what: 'the kernels and the web UI are not built', command: 'npm run prepare' }
  if (!hasKernels) return { what: 'the kernels are not built', command: 'npm run build:kernels' }
  if (!hasUi) return { what: 'the web UI is not built', command: 'npm run build:web' }
  return undefined
}

/** npm brings a newer Node among the packages. Exit code and signals pass through. */
function startUnderNewerNode() {
  const newer = findNewerNode()
  if (!newer) {
    const what = `Node ${process.versions.node} runs this, and ${WANTED_NODE} or newer is needed`
    return refuse(what, `npm ci (which brings Node ${WANTED_NODE} along), or install Node ${WANTED_NODE}`)
  }
  const child = spawn(newer, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches both processes by itself; a second SIGINT would mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => refuse(`${newer} does not start (${error.message})`, 'npm rebuild node'))
  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function findNewerNode() {
  const description = findPackage('node')
  if (!description) return undefined
  if (majorOf(JSON.parse(fs.readFileSync(description, 'utf8')).version) < WANTED_NODE) return undefined
  const file = path.join(path.dirname(description), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return fs.existsSync(file) ? file : undefined
}

function findPackage(name) {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const file = path.join(folder, name, 'package.json')
    if (fs.existsSync(file)) return file
  }
  return undefined
}

function majorOf(version) {
  return Number(version.split('.')[0])
}

function refuse(what, command) {
  console.error(`assay: ${what}.\n  In ${root}, run: ${command}`)
  process.exitCode = 1
}
