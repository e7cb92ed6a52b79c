import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, asked, assay, cwd, reply, url } from './command.fixture.ts'
import type { Assay, StartAssay } from './context.ts'

const step = (name: string, state: string) => ({
  name,
  title: name,
  group: 'CI',
  state,
  attempt: 1,
  durationMs: 1_500,
  progress: null,
  gates: [] as { verdict: string; title: string; reason: string }[],
  error: null as object | null,
  branches: [],
})
const run = (state: string, more: object = {}) => ({
  id: 'run-1',
  project: 'claims',
  model: 'claims-denial',
  state,
  trigger: 'api',
  createdAt: '2026-01-01T10:00:00.000Z',
  durationMs: 61_000,
  waitingFor: null,
  failure: null,
  modelVersion: '1.0.0',
  canContinue: false,
  canRetry: false,
  steps: [step('commit', 'succeeded'), step('tests', state)],
  ...more,
})

describe('arguments', () => {
  it('are explained for every command, with examples', async () => {
    const help = await assay(['--help'])
    expect(help.exitCode).toBe(0)
    for (const name of ['start', 'worker', 'train', 'predict', 'pipeline', 'doctor', 'config']) {
      expect(help.out).toContain(`\n  ${name}`)
      expect((await assay([name, '--help'])).out).toContain(`Usage: assay ${name}`)
    }
    expect((await assay(['train', '--help'])).out).toContain('$ assay train --data claims.csv')
  })

  it.each([
    [['fly'], "unknown command 'fly'"],
    [['pipeline', 'approve', 'r1'], "required option '--reason <text>' not specified"],
    [['config', '--colour'], "unknown option '--colour'"],
  ])('%j is refused with exit code 2', async (argv, text) => {
    const answer = await assay(argv)
    expect([answer.exitCode, answer.out]).toEqual([2, ''])
    expect(answer.err).toContain(text)
  })

  it('that do not fit together are USAGE_INVALID', async () => {
    expect(await assay(['train', '--data', 'x.csv'])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('USAGE_INVALID'),
    })
    const answer = await assay(['predict', 'm', '--json'])
    expect(JSON.parse(answer.out).error.code).toBe('USAGE_INVALID')
  })
})

describe('a refusal', () => {
  it.each([
    [401, 'KEY_MISSING', 3],
    [404, 'NOT_FOUND', 4],
    [409, 'STEP_NOT_WAITING', 5],
    [503, 'DATABASE_UNAVAILABLE', 6],
  ])('with status %d and code %s has exit code %d', async (status, code, exitCode) => {
    reply('GET /pipeline/runs?limit=20', { code, detail: 'Because.' }, status)
    const answer = await assay(['pipeline', 'list'])
    expect(answer).toEqual({ out: '', err: `assay: Because. (${code})\n`, exitCode })
  })

  it('is one JSON object with --json', async () => {
    reply('GET /pipeline/runs?limit=20', { code: 'NEW_CODE', detail: 'x', faults: [{ path: 'a' }] }, 422)
    const answer = await assay(['--json', 'pipeline', 'list'])
    expect(JSON.parse(answer.out)).toEqual({ error: { code: 'NEW_CODE', message: 'x', faults: [{ path: 'a' }] } })
    expect(answer.exitCode).toBe(2)
  })

  it('lists the first of its faults', async () => {
    const faults = [
      { path: 'body.a', given: '5', wanted: 'type string' },
      ...Array.from({ length: 11 }, (_, row) => ({ row, column: 'b', message: 'Column "b" is required.' })),
    ]
    reply('GET /pipeline/runs?limit=20', { code: 'INPUT_INVALID', detail: 'Not valid.', faults }, 422)
    const { err } = await assay(['pipeline', 'list'])
    expect(err).toContain('\n  body.a: given 5; wanted type string\n  row 0: Column "b" is required.\n')
    expect(err).toMatch(/and 2 more; --json lists them\n$/)
  })

  it('to answer at all is SERVER_NOT_RUNNING, and says what to do', async () => {
    const answer = await assay(['pipeline', 'list'], { env: { ASSAY_URL: 'http://127.0.0.1:1' } })
    expect(answer.exitCode).toBe(6)
    expect(answer.err).toContain('No Assay answers at http://127.0.0.1:1. Start one with "assay start"')
  })

  it('by another program on the port is told from one of Assay', async () => {
    reply('GET /pipeline/runs?limit=20', 'hello', 500)
    expect((await assay(['pipeline', 'list'])).err).toContain('is it Assay?')
  })
})

describe('a run that a gate stopped', () => {
  const failure = { step: 'evaluate', code: 'GATE_BLOCKED', message: 'AUC is below 0.8.' }

  it('is told with the gates that may be waived', async () => {
    const gates = [{ verdict: 'blocked', gate: 'auc', title: 'AUC', reason: 'below 0.8' }]
    reply('GET /pipeline/run-1/status', run('failed', { failure, steps: [{ ...step('evaluate', 'failed'), gates }] }))
    const { out } = await assay(['pipeline', 'status', 'run-1'])
    expect(out).toContain('assay pipeline waive run-1 --gate ID --reason "...": auc')
  })

  it('names no waiver where there is no gate to lift', async () => {
    reply('GET /pipeline/run-1/status', run('failed', { failure }))
    const { out } = await assay(['pipeline', 'status', 'run-1'])
    expect(out).toContain('mend the cause')
    expect(out).not.toContain('waive')
  })
})

describe('the server', () => {
  it('is the one of the home, and the key travels', async () => {
    fs.mkdirSync(path.join(cwd, '.assay'))
    fs.writeFileSync(path.join(cwd, '.assay/runtime.json'), JSON.stringify({ pid: 1, url, startedAt: '' }))
    reply('GET /pipeline/runs?limit=20', { items: [], nextCursor: null })
    const answer = await assay(['pipeline', 'list'], { env: { ASSAY_KEY: 'secret' } })
    expect(answer).toMatchObject({ exitCode: 0, out: 'No run yet: assay pipeline start\n' })
    expect(asked[0].key).toBe('Bearer secret')
  })

  it('is started for the call where none runs, and stopped after it', async () => {
    let stopped = 0
    const startAssay: StartAssay = async ({ config }) => {
      expect(config).toMatchObject({ port: 0, sampleData: false, home: path.join(cwd, 'h') })
      return { url, config, firstKey: 'first', stop: async () => void stopped++ } satisfies Assay
    }
    reply('POST /predict/m', {
      predictions: [{ id: 'p1', score: 0.25, decision: 'approve', modelVersion: '1.0.0', variant: 'champion' }],
    })
    const answer = await assay(['predict', 'm', '--input', '{"a":1}', '--home', 'h'], { env: {}, startAssay })
    expect(answer.out).toMatch(/p1 +0\.25 +approve +1\.0\.0/)
    expect([stopped, asked.at(-1)?.key, asked.at(-1)?.body]).toEqual([1, 'Bearer first', { inputs: [{ a: 1 }] }])
    reply('POST /predict/m', { code: 'NOT_FOUND', detail: 'x' }, 404)
    await assay(['predict', 'm', '--input', '{"a":1}', '--home', 'h'], { env: {}, startAssay })
    expect(stopped).toBe(2)
  })
})

describe('common flags', () => {
  // The address is known once the tests run.
  const flags = () => ['--json', '--url', url, '--key', 'secret', '--log-level', 'warn', '--home', 'h']
  const places: [string, (words: string[]) => string[]][] = [
    ['before the command', (words) => [...flags(), ...words]],
    ['between its words', ([first, ...rest]) => [first, ...flags(), ...rest]],
    ['behind it', (words) => [...words, ...flags()]],
  ]

  it.each(places)('are never sent as a part of the request: %s', async (_, place) => {
    const ended = run('succeeded')
    const erasure = { id: 'e1', runId: 'run-1', report: null }
    reply('GET /health', { status: 'ok' })
    reply('POST /privacy/erasures', erasure)
    reply('GET /privacy/erasures/e1', erasure)
    reply('POST /data/imports', { runId: 'run-1' })
    reply('GET /pipeline/run-1/status', ended)
    const source = path.join(cwd, 'claims.csv')
    fs.writeFileSync(source, 'a\n1\n')
    const env = {}
    const erased = await assay(place(['data', 'erase', '--subject', 'M-1', '--reason', 'asked']), { env })
    expect(JSON.parse(erased.out)).toEqual(erasure)
    await assay(place(['data', 'import', source, '--no-wait']), { env })
    const posted = asked.filter(({ route }) => route.startsWith('POST'))
    const bodies = posted.map(({ body }) => body)
    expect(bodies[0]).toEqual({ subject: 'M-1', reason: 'asked' })
    expect(Object.keys(bodies[1]).toSorted()).toEqual(['source'])
    expect(posted.map(({ key }) => key)).toEqual(['Bearer secret', 'Bearer secret'])
  })
})

describe('assay start', () => {
  it('tells where it answers, the key once, and stops on the signal', async () => {
    const stop = new AbortController()
    let isStopped = false
    const startAssay: StartAssay = async ({ config, role }) => {
      setTimeout(() => stop.abort(), 20)
      expect(role).toBe('start')
      expect(config.home).toBe(path.join(cwd, 'h'))
      return { url, config, firstKey: 'assay_1', stop: async () => void (isStopped = true) }
    }
    const answer = await assay(['start', '--home', 'h', '--port', '0'], { env: {}, startAssay, signal: stop.signal })
    expect(answer.out).toContain(`is ready at ${url}`)
    expect(answer.out).toContain('Admin key  assay_1')
    expect([isStopped, answer.exitCode]).toEqual([true, 0])
  })

  it('refuses a configuration that is not valid before anything starts', async () => {
    const answer = await assay(['start', '--port', 'eighty'])
    expect(answer.exitCode).toBe(2)
    expect(answer.err).toMatch(/given "eighty" \(--port\).*\(CONFIG_INVALID\)/)
  })
})

describe('assay pipeline', () => {
  it('lists runs', async () => {
    reply('GET /pipeline/runs?limit=5&state=failed', {
      items: [run('failed', { failure: { code: 'GATE_BLOCKED' } })],
      nextCursor: null,
    })
    const answer = await assay(['pipeline', 'list', '--limit', '5', '--state', 'failed'])
    expect(answer.out).toMatch(/run-1 +claims +failed +api +2026-01-01 10:00:00 +1 min 01 s +GATE_BLOCKED/)
  })

  it('starts, and watches until the run waits', async () => {
    reply('POST /pipeline/start', { runId: 'run-1' }, 201)
    const states = ['running', 'running', 'waiting']
    answers.set('GET /pipeline/run-1/status', () => ({ body: run(states.shift() ?? 'waiting') }))
    const answer = await assay([
      'pipeline',
      'start',
      '--project',
      'claims-denial',
      '--ci-only',
      '--watch',
      '--message',
      'm',
    ])
    expect(asked[0].body).toEqual({ project: 'claims-denial', ciOnly: true, commit: { message: 'm' } })
    expect(answer.err).toMatch(/succeeded +commit +1\.5 s\n +waiting +tests/)
    expect(answer.out).toContain('assay pipeline approve run-1')
    expect(answer.exitCode).toBe(0)
  })

  it.each([
    ['failed', 1],
    ['cancelled', 8],
    ['succeeded', 0],
  ])('watch ends a %s run with exit code %d', async (state, exitCode) => {
    reply('GET /pipeline/run-1/status', run(state))
    expect((await assay(['pipeline', 'watch', 'run-1', '--json'])).exitCode).toBe(exitCode)
  })

  it('says which gate blocked', async () => {
    const failed = {
      ...step('evaluate', 'failed'),
      gates: [{ verdict: 'blocked', title: 'AUC', reason: '0.49 is below 0.5' }],
      error: { code: 'GATE_BLOCKED', message: 'x' },
    }
    reply('GET /pipeline/run-1/status', run('failed', { steps: [failed] }))
    expect((await assay(['pipeline', 'watch', 'run-1'])).err).toMatch(
      /failed +evaluate +1\.5 s {2}GATE_BLOCKED\n {4}0\.49 is below 0\.5/,
    )
  })

  it('finds the latest run', async () => {
    reply('GET /pipeline/runs?limit=1', { items: [run('waiting')], nextCursor: null })
    reply('GET /pipeline/run-1/status', run('waiting'))
    expect((await assay(['pipeline', 'status', 'latest'])).out).toMatch(/CI +commit +succeeded +1\.5 s/)
    reply('GET /pipeline/runs?limit=1', { items: [], nextCursor: null })
    expect((await assay(['pipeline', 'status', 'latest'])).exitCode).toBe(4)
  })

  it.each([
    [['approve', 'run-1', '--reason', 'fine'], 'approve', { reason: 'fine' }],
    [['reject', 'run-1', '--reason', 'biased'], 'reject', { reason: 'biased' }],
    [['continue', 'run-1'], 'continue', {}],
    [['cancel', 'run-1'], 'cancel', {}],
    [['retry', 'run-1'], 'retry', {}],
  ])('%j', async (argv, name, body) => {
    reply(`POST /pipeline/run-1/${name}`, run('running'))
    const answer = await assay(['pipeline', ...argv, '--json'])
    expect(JSON.parse(answer.out).state).toBe('running')
    expect(asked).toEqual([{ route: `POST /pipeline/run-1/${name}`, body, key: undefined }])
  })

  it('rolls back', async () => {
    reply('POST /pipeline/rollback', { model: 'm', from: '2.0.0', to: '1.0.0', durationMs: 40 })
    const answer = await assay(['pipeline', 'rollback', '--reason', 'worse', '--model', 'm'])
    expect(answer.out).toBe('m is back from 2.0.0 to 1.0.0, in 40 ms\n')
  })

  it('shows the log page by page, to its end with --follow', async () => {
    const line = (seq: number) => ({
      seq,
      at: '2026-01-01T10:00:00.123Z',
      step: 'tests',
      level: 'info',
      text: `line ${seq}`,
    })
    reply('GET /pipeline/run-1/status', run('succeeded'))
    reply('GET /pipeline/run-1/logs?after=0', { items: [line(1), line(2)], last: 2 })
    reply('GET /pipeline/run-1/logs?after=2', { items: [line(3)], last: 3 })
    reply('GET /pipeline/run-1/logs?after=3', { items: [], last: 3 })
    const answer = await assay(['pipeline', 'logs', 'run-1', '--follow'])
    expect(answer.out.split('\n')).toHaveLength(4)
    expect(answer.out).toContain('10:00:00.123 INFO  tests            line 1\n')
  })
})

describe('assay train', () => {
  it('starts a run with a project made from the flags', async () => {
    reply('POST /pipeline/start', { runId: 'run-1' }, 201)
    const flags = [
      '--data',
      'd.csv',
      '--target',
      't',
      '--positive',
      'Y',
      '--drop',
      'a, b',
      '--protected',
      'sex',
      '--folds',
      'f.csv',
    ]
    const answer = await assay(['train', ...flags, '--no-wait'])
    expect(answer.out).toContain('run-1')
    expect(asked[0].body).toEqual({
      data: path.join(cwd, 'd.csv'),
      target: 't',
      configOverrides: { positive: 'Y', drop: ['a', 'b'], protected: ['sex'], folds: path.join(cwd, 'f.csv') },
    })
  })
})

describe('assay config', () => {
  it('shows what counts, without secrets', async () => {
    const answer = await assay(['config', '--json'], {
      env: { DATABASE_URL: 'postgres://me:secret@h/d', ASSAY_PORT: '9000' },
    })
    expect(JSON.parse(answer.out)).toMatchObject({ port: 9000, databaseUrl: 'postgres://me:***@h/d' })
  })
})

describe('assay data', () => {
  it('finds what is held of a person', async () => {
    const findings = [{ room: 'serving', kind: 'predictions', id: 'prediction log', count: 3 }]
    reply('POST /privacy/search', { findings, nKeys: 1 })
    reply('GET /health', {})
    const { out } = await assay(['data', 'find', '--subject', 'M-1'])
    expect(out).toMatch(/serving +predictions +prediction log +3/)
    expect(asked.at(-1)!.body).toEqual({ subject: 'M-1' })
  })

  it('erases a person, follows the run and tells what came of it', async () => {
    const report = {
      erased: [{ room: 'data', kind: 'dataset version', id: 'd1', count: 2, outcome: 'replaced', replacedBy: 'd2' }],
      nKeysDestroyed: 1,
      models: [{ model: 'm', version: '1.0.0', stage: 'production', datasetVersion: 'd1' }],
      sources: [{ datasetVersion: 'd1', source: 'csv:claims.csv' }],
      unsearched: [],
      verifiedAt: '2026-11-21T08:00:00.000Z',
    }
    reply('GET /health', {})
    reply('POST /privacy/erasures', { id: 'e1', runId: 'run-1' }, 202)
    reply('GET /pipeline/run-1/status', { id: 'run-1', state: 'succeeded', steps: [] })
    reply('GET /privacy/erasures/e1', { id: 'e1', runId: 'run-1', report })
    const { out, exitCode } = await assay(['data', 'erase', '--subject', 'M-1', '--reason', 'request 17'])
    expect(out).toContain('replaced  dataset version d1 (2)')
    expect(out).toContain('Model m 1.0.0 (production) learned from rows of this person.')
    expect(out).toContain('csv:claims.csv lies outside the home')
    expect(exitCode).toBe(0)
  })
})

describe('assay audit verify', () => {
  const head = { position: 7, hash: 'ab'.repeat(32) }

  it('says that the chain is intact and names its head', async () => {
    reply('GET /audit/chain', { intact: true, nEvents: 7, head, fault: null })
    const { out, exitCode } = await assay(['audit', 'verify'])
    expect(out).toContain(`The chain of 7 events is intact.\nHead, worth noting elsewhere: 7:${head.hash}`)
    expect(exitCode).toBe(0)
  })

  it('names the event at which the chain is broken, and ends with 1', async () => {
    const fault = { position: 8, kind: 'altered', message: 'Event 8 was changed.' }
    reply(`GET /audit/chain?head=7%3A${head.hash}`, { intact: false, nEvents: 7, head, fault })
    const { out, exitCode } = await assay(['audit', 'verify', '--head', `7:${head.hash}`])
    expect(out).toContain('broken at event 8 (altered). Event 8 was changed.')
    expect(exitCode).toBe(1)
  })
})

describe('assay doctor', () => {
  it('names what is wrong, and fails then', async () => {
    const answer = await assay(['doctor', '--json'], { env: { ASSAY_PORT: 'x' } })
    const { ok, findings } = JSON.parse(answer.out)
    expect([ok, answer.exitCode]).toEqual([false, 1])
    expect(findings.at(-1)).toMatchObject({ check: 'Configuration', verdict: 'fault' })
  })
})
