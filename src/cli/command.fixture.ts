import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Shell, StartAssay } from './context.ts'
import { runCommand } from './index.ts'

/** Stands for a running Assay: answers what a test put in place, and keeps what it was asked. */
export const answers = new Map<string, (body: Record<string, unknown>) => { status?: number; body: unknown }>()
export const asked: { route: string; body: Record<string, unknown>; key: string | undefined }[] = []
let server: http.Server
export let url: string
/** The folder that commands run in, empty before each test. */
export let cwd: string

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      const route = `${request.method} ${request.url?.replace('/api/v1', '')}`
      const body = text === '' ? {} : JSON.parse(text)
      asked.push({ route, body, key: request.headers.authorization })
      const answer = answers.get(route)?.(body) ?? { status: 404, body: { code: 'NOT_FOUND', detail: `no ${route}` } }
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-cli-'))
})
afterEach(() => {
  answers.clear()
  asked.length = 0
  fs.rmSync(cwd, { recursive: true })
})

const noMain = () => Promise.reject(new Error('nothing is to be started'))

/** Runs a command line. */
export async function assay(
  argv: string[],
  options: { env?: Record<string, string>; startAssay?: StartAssay; signal?: AbortSignal } = {},
) {
  const written = { out: '', err: '' }
  let exitCode = 0
  const shell: Shell = {
    out: { write: (text: string) => (written.out += text) },
    err: { write: (text: string) => (written.err += text) },
    env: options.env ?? { ASSAY_URL: url },
    cwd,
    loadMain: options.startAssay ? async () => ({ startAssay: options.startAssay! }) : noMain,
    signal: options.signal ?? new AbortController().signal,
    setExitCode: (code) => (exitCode = code),
  }
  const failure = await runCommand(argv, shell)
  return { ...written, exitCode: failure ?? exitCode }
}

/** What the server answers to a route from here to the end of the test. */
export function reply(route: string, body: unknown, status = 200): void {
  answers.set(route, () => ({ status, body }))
}
