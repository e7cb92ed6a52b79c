import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { labRoutes } from '../src/http/lab-routes.ts'
import { startAssay, type Assay } from '../src/main.ts'
import { createLogger, loadConfig } from '../src/platform/index.ts'
import { createTestDatabase, databaseUrl } from './database.ts'

/** Everything else asks for a permission. */
const PUBLIC = ['GET /api/v1/health', 'GET /api/v1/ready']
/** Nothing is smaller than this: a check that saw fewer routes looked at nothing. */
const FEWEST_ROUTES = 45

type Schema = Record<string, unknown>
type Operation = {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
type Route = { name: string; method: string; path: string; operation: Operation }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let assay: Assay
let home: string
let routes: Route[]

beforeAll(async () => {
  database = await createTestDatabase()
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-routes-'))
  const config = loadConfig({
    env: { DATABASE_URL: databaseUrl(database.connection) },
    flags: { home, port: 0, sampleData: false, trustLoopback: false },
    cwd: home,
  })
  assay = await startAssay({ config, role: 'start', log: createLogger({ level: 'error', format: 'json' }) })
  const document = (await (await fetch(`${assay.url}/docs/json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
}, 60_000)
afterAll(async () => {
  await assay?.stop()
  await database.close()
  fs.rmSync(home, { recursive: true })
})

/** A request that its schemas let through, so that the next thing to refuse it is the missing key. */
function requestOf({ path, method, operation }: Route): [string, RequestInit] {
  const parameters = operation.parameters ?? []
  const url = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((at, { name, schema }) => at.replace(`{${name}}`, String(exampleOf(schema))), path)
  const wanted = parameters.filter(
    ({ in: place, required, schema }) => place === 'query' && required && !('default' in schema),
  )
  const query = new URLSearchParams(
    Object.fromEntries(wanted.map(({ name, schema }) => [name, String(exampleOf(schema))])),
  )
  const schema = operation.requestBody?.content['application/json'].schema
  const body = method === 'POST' || method === 'PUT' ? JSON.stringify(schema ? exampleOf(schema) : {}) : undefined
  return [`${assay.url}${url}?${query}`, { method, body, headers: body ? { 'content-type': 'application/json' } : {} }]
}

const TEXTS = ['some-text', '1.0.0', 'abcdef0', '0'.repeat(32), `approval_${randomUUID()}`, randomUUID()]

/** The least that a JSON schema lets through, for the schemas that requests have here. */
function exampleOf(schema: Schema): unknown {
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return exampleOf(schema.anyOf[0])
  if (schema.type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Schema>
    return Object.fromEntries(((schema.required ?? []) as string[]).map((name) => [name, exampleOf(properties[name])]))
  }
  if (schema.type === 'array') return schema.minItems ? [exampleOf(schema.items as Schema)] : []
  if (schema.type === 'boolean') return false
  if (schema.type === 'string') return TEXTS.find((text) => new RegExp(String(schema.pattern ?? '')).test(text))
  return schema.minimum ?? (schema.exclusiveMaximum === undefined ? 1 : Number(schema.exclusiveMaximum) / 2)
}

describe('the route table', () => {
  it('was seen', () => {
    expect(routes.length).toBeGreaterThanOrEqual(FEWEST_ROUTES)
  })

  it('documents every route: one sentence, one room, and what it answers', () => {
    const faults = routes.flatMap((route) => {
      const { summary, tags, responses } = route.operation
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'))
      const hasAnswer = success !== undefined && (success[0] === '204' || success[1].content !== undefined)
      const isDocumented = summary !== undefined && /^[A-Z]/.test(summary) && tags?.length === 1 && hasAnswer
      return isDocumented ? [] : [{ route: route.name, summary, tags, hasAnswer }]
    })
    expect(faults).toEqual([])
  })

  it('asks for a key everywhere but where it is declared public', async () => {
    const open: string[] = []
    const others: string[] = []
    for (const route of routes) {
      const answer = await fetch(...requestOf(route))
      if (answer.ok) open.push(route.name)
      else if (answer.status !== 401) others.push(`${route.name}: ${answer.status} ${await answer.text()}`)
    }
    expect({ open, others }).toEqual({ open: PUBLIC, others: [] })
  })

  it.each(labRoutes.filter((route) => route.startsWith('/ws/')))('asks for a key before it opens %s', async (route) => {
    for (const prefix of ['', '/api/v1']) {
      const url = `${assay.url}${prefix}${route.replace(/:\w+/g, 'a-1')}`.replace('http', 'ws')
      const [, response] = await once(new WebSocket(url), 'unexpected-response')
      expect(response.statusCode).toBe(401)
    }
  })

  it('answers the lab’s addresses without the prefix as well, and has every one of them', () => {
    const documented = routes.map((route) => route.path.replace(/\{\w+\}/g, ':'))
    const missing = labRoutes.filter(
      (route) => !route.startsWith('/ws/') && !documented.includes(`/api/v1${route.replace(/:\w+/g, ':')}`),
    )
    expect(missing).toEqual([])
  })
})
