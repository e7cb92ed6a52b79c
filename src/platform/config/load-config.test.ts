import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeConfig } from './describe-config.ts'
import { loadConfig } from './load-config.ts'

let cwd: string
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-config-'))
})
afterEach(() => fs.rmSync(cwd, { recursive: true }))

const load = (env: Record<string, string> = {}, flags: Record<string, unknown> = {}) => loadConfig({ env, flags, cwd })
const write = (text: string, directory = '.') => {
  fs.mkdirSync(path.join(cwd, directory), { recursive: true })
  fs.writeFileSync(path.join(cwd, directory, 'assay.config.yaml'), text)
}
const faultsOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  return 'no fault'
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(load()).toEqual({
      home: path.join(cwd, '.assay'),
      host: '127.0.0.1',
      port: 8000,
      dataRoots: undefined,
      databaseUrl: undefined,
      artifactDir: path.join(cwd, '.assay/artifacts'),
      keyDir: path.join(cwd, '.assay/keys'),
      homeKey: undefined,
      logLevel: 'info',
      logFormat: 'json',
      trustLoopback: true,
      sampleData: true,
      streamRate: 5,
      driftThreshold: 0.1,
      minSamplesForMonitoring: 100,
      threads: os.availableParallelism(),
      profile: 'development',
      configFile: undefined,
    })
  })

  it('lets files be read everywhere on a machine of one’s own, elsewhere in named folders and among the uploads', () => {
    const uploads = path.join(cwd, '.assay/uploads')
    expect(load({ ASSAY_HOST: '0.0.0.0' }).dataRoots).toEqual([uploads])
    expect(load({ ASSAY_DATA_ROOTS: '/srv/claims:sets' }).dataRoots).toEqual([
      uploads,
      '/srv/claims',
      path.join(cwd, 'sets'),
    ])
    write('dataRoots: [/srv/claims]\n')
    expect(load().dataRoots).toEqual([uploads, '/srv/claims'])
    expect(faultsOf(() => load({}, { dataRoots: 5 }))).toContain('folders that data files may be read from')
  })

  it('is frozen', () => {
    expect(Object.isFrozen(load())).toBe(true)
  })

  it('lets the file win over defaults, the environment over the file, flags over the environment', () => {
    write('port: 1001\nstreamRate: 2\nthreads: 1\n')
    expect(load()).toMatchObject({ port: 1001, configFile: path.join(cwd, 'assay.config.yaml') })
    expect(load({ ASSAY_PORT: '1002' })).toMatchObject({ port: 1002, streamRate: 2 })
    expect(load({ ASSAY_PORT: '1002' }, { port: '1003' })).toMatchObject({ port: 1003, streamRate: 2, threads: 1 })
  })

  it('finds the file in the home', () => {
    write('port: 1001\n', 'elsewhere')
    expect(load({ ASSAY_HOME: 'elsewhere' })).toMatchObject({ port: 1001, home: path.join(cwd, 'elsewhere') })
  })

  it.each([
    [{ PORT: '1' }, { port: 1 }],
    [{ PORT: '1', ASSAY_PORT: '2' }, { port: 2 }],
    [{ ASSAY_PORT: '' }, { port: 8000 }],
    [{ ASSAY_SAMPLE_DATA: 'false' }, { sampleData: false }],
    [{ ASSAY_SAMPLE_DATA: '1' }, { sampleData: true }],
    [
      { DRIFT_THRESHOLD: '0.25', MIN_SAMPLES_FOR_MONITORING: '50' },
      { driftThreshold: 0.25, minSamplesForMonitoring: 50 },
    ],
    [{ ASSAY_HOST: '0.0.0.0' }, { host: '0.0.0.0', trustLoopback: false }],
    [{ ASSAY_HOST: '::1' }, { host: '::1', trustLoopback: true }],
    [{ ARTIFACT_URL: 'file:///srv/artifacts' }, { artifactDir: '/srv/artifacts' }],
    [{ DATABASE_URL: 'postgres://u@h/d' }, { databaseUrl: 'postgres://u@h/d' }],
  ])('reads %o', (env, expected) => {
    expect(load(env as Record<string, string>)).toMatchObject(expected)
  })

  it.each([
    [{ ASSAY_PORT: '80a' }, 'port: given "80a" (ASSAY_PORT); wanted a whole number from 0 (any free port) to 65535'],
    [{ ASSAY_PORT: '70000' }, 'port: given 70000 (ASSAY_PORT)'],
    [{ ASSAY_PORT: ' ' }, 'port: given " " (ASSAY_PORT)'],
    [{ ASSAY_SAMPLE_DATA: 'yes' }, 'sampleData: given "yes" (ASSAY_SAMPLE_DATA); wanted true or false'],
    [{ ASSAY_LOG_LEVEL: 'loud' }, 'logLevel: given "loud" (ASSAY_LOG_LEVEL); wanted trace, debug,'],
    [{ ASSAY_HOME_KEY: 'secret' }, 'homeKey: given 6 characters (ASSAY_HOME_KEY); wanted 64 hex digits'],
    [{ DRIFT_THRESHOLD: '0' }, 'driftThreshold: given 0 (DRIFT_THRESHOLD)'],
    [{ MIN_SAMPLES_FOR_MONITORING: '1.5' }, 'minSamplesForMonitoring: given 1.5'],
    [
      { ARTIFACT_URL: 's3://bucket' },
      'artifactUrl: given "s3://bucket" (ARTIFACT_URL); wanted file:DIRECTORY (s3: is not',
    ],
    [{ ASSAY_HOST: '0.0.0.0', ASSAY_TRUST_LOOPBACK: 'true' }, 'trustLoopback: given true with host 0.0.0.0'],
    [{ DATABASE_URL: 'mysql://me:secret@h/d' }, 'databaseUrl: given mysql://me:***@h/d (DATABASE_URL)'],
  ])('refuses %o', (env, message) => {
    expect(faultsOf(() => load(env as Record<string, string>))).toContain(message)
  })

  it('names the flag of a fault', () => {
    expect(faultsOf(() => load({}, { streamRate: '-1' }))).toContain('streamRate: given -1 (--stream-rate)')
  })

  it('reports all faults of all sources at once', () => {
    write('prot: 1\nthreads: many\n')
    const message = faultsOf(() => load({ ASSAY_PORT: 'x' }, { profile: 'none' }))
    for (const key of ['prot: unknown in', 'threads: given "many"', 'port: given "x"', 'profile: given "none"'])
      expect(message).toContain(key)
  })

  it('refuses a file that is not YAML, is a list, or of which there are two', () => {
    write('a: [')
    expect(faultsOf(load)).toContain('assay.config.yaml: ')
    write('- port')
    expect(faultsOf(load)).toContain('wanted settings as "name: value"')
    write('')
    expect(load().port).toBe(8000)
    write('port: 1', '.assay')
    expect(faultsOf(load)).toContain('two configuration files')
  })
})

describe('describeConfig', () => {
  it('does not show the home key', () => {
    const described = describeConfig(load({ ASSAY_HOME_KEY: 'ab'.repeat(32), ASSAY_KEY_DIR: '/srv/keys' }))
    expect(described).toMatchObject({ homeKey: '***', keyDir: '/srv/keys' })
  })

  it.each([
    ['postgres://me:secret@h:5/d', 'postgres://me:***@h:5/d'],
    ['postgres://me:se@cret@h/d', 'postgres://me:***@h/d'],
    ['postgres://me@h/d?password=secret&x=1', 'postgres://me@h/d?password=***&x=1'],
    ['postgres://me@h/d', 'postgres://me@h/d'],
  ])('shows %s as %s', (databaseUrl, shown) => {
    const described = describeConfig(load({ DATABASE_URL: databaseUrl }))
    expect(described).toMatchObject({ databaseUrl: shown, configFile: null, port: 8000 })
  })
})
