/** What one check found. `advice` says what to do, and is there unless all is well. */
export type Finding = { check: string; verdict: 'ok' | 'warning' | 'fault'; text: string; advice?: string }

const MIB = 2 ** 20
const GIB = 2 ** 30
const WANTED_NODE = 24
const OLDEST_POSTGRES = 16

export function checkNode(version: string): Finding {
  const check = 'Node'
  if (Number(version.split('.')[0]) >= WANTED_NODE) return { check, verdict: 'ok', text: version }
  return { check, verdict: 'fault', text: `${version}; ${WANTED_NODE} or newer is needed`, advice: 'npm ci' }
}

/** What `npm ci` builds, and `npm ci --ignore-scripts` does not. */
export function checkBuild({ hasKernels, hasUi }: { hasKernels: boolean; hasUi: boolean }): Finding {
  const check = 'Build'
  const missing = [hasKernels ? [] : ['the kernels'], hasUi ? [] : ['the web UI']].flat()
  if (missing.length === 0) return { check, verdict: 'ok', text: 'kernels and web UI are there' }
  return { check, verdict: 'fault', text: `without ${missing.join(' and ')}`, advice: 'npm run prepare' }
}

/** @param problem why the configuration was refused; undefined when it was not */
export function checkConfig(configFile: string | undefined, problem: string | undefined): Finding {
  const check = 'Configuration'
  if (problem !== undefined)
    return { check, verdict: 'fault', text: problem, advice: 'mend what is named; "assay config" shows the result' }
  return { check, verdict: 'ok', text: configFile ?? 'defaults, environment and flags' }
}

export type HomeFacts = {
  path: string
  exists: boolean
  /** whether this user may write there; where it does not exist yet, to the nearest parent that does */
  isWritable: boolean
  diskFreeBytes: number
  /** the Assay that runs in it */
  runningPid: number | undefined
}

export function checkHome({ path, exists, isWritable, runningPid }: HomeFacts): Finding {
  const check = 'Home'
  if (!isWritable) {
    const advice = 'start Assay as the owner of the home, or choose another (--home or ASSAY_HOME)'
    return { check, verdict: 'fault', text: `${path} cannot be written by this user`, advice }
  }
  if (runningPid !== undefined)
    return { check, verdict: 'ok', text: `${path}, in use by the Assay with pid ${runningPid}` }
  return { check, verdict: 'ok', text: exists ? path : `${path}, made at the first start` }
}

/** A first start takes about 60 MiB; a full disk stops the database. */
export function checkDisk({ path, diskFreeBytes }: Pick<HomeFacts, 'path' | 'diskFreeBytes'>): Finding {
  const check = 'Disk'
  const text = `${inUnits(diskFreeBytes)} free at ${path}`
  const advice = 'free some space, or choose a home on another disk'
  if (diskFreeBytes < 256 * MIB) return { check, verdict: 'fault', text, advice }
  if (diskFreeBytes < 2 * GIB) return { check, verdict: 'warning', text, advice }
  return { check, verdict: 'ok', text }
}

/** @param totalBytes of the machine, or of its container where that is less */
export function checkMemory(totalBytes: number): Finding {
  const check = 'Memory'
  const text = inUnits(totalBytes)
  if (totalBytes >= GIB) return { check, verdict: 'ok', text }
  return { check, verdict: 'warning', text, advice: 'give it 1 GiB or more: training beside serving needs room' }
}

export type DatabaseFacts =
  | { kind: 'embedded'; isSupported: boolean; isRunning: boolean }
  | { kind: 'outside'; version: number; url: string }
  | { kind: 'outside'; problem: string; url: string }

/** `url` is to be masked already. */
export function checkDatabase(facts: DatabaseFacts): Finding {
  const check = 'Database'
  if (facts.kind === 'embedded') {
    if (!facts.isSupported) {
      const text = 'there is no embedded PostgreSQL for this platform'
      return { check, verdict: 'fault', text, advice: `set DATABASE_URL to a PostgreSQL ${OLDEST_POSTGRES} or newer` }
    }
    return { check, verdict: 'ok', text: facts.isRunning ? 'embedded, running' : 'embedded, starts with Assay' }
  }
  if ('problem' in facts) {
    const text = `${facts.url} cannot be reached: ${facts.problem}`
    return {
      check,
      verdict: 'fault',
      text,
      advice: 'check DATABASE_URL, and that the server is up and lets this machine in',
    }
  }
  const text = `PostgreSQL ${facts.version} at ${facts.url}`
  if (facts.version >= OLDEST_POSTGRES) return { check, verdict: 'ok', text }
  return { check, verdict: 'fault', text, advice: `upgrade it to ${OLDEST_POSTGRES} or newer` }
}

/** @param user who listens on the port now */
export function checkPort(at: {
  host: string
  port: number
  user: 'nobody' | 'this home' | 'another' | 'not allowed'
}): Finding {
  const check = 'Port'
  const address = `${at.host}:${at.port}`
  switch (at.user) {
    case 'nobody':
      return { check, verdict: 'ok', text: `${address} is free` }
    case 'this home':
      return { check, verdict: 'ok', text: `${address} is this home's Assay` }
    case 'another':
      return {
        check,
        verdict: 'fault',
        text: `${address} is taken by another program`,
        advice: 'choose another with --port',
      }
    case 'not allowed':
      return {
        check,
        verdict: 'fault',
        text: `${address} cannot be listened on`,
        advice: 'choose another --host, or a --port above 1023',
      }
  }
}

/** Where everyone who reaches the machine may send wrong keys, and keys travel in the clear. */
export function checkExposure({ host, trustLoopback }: { host: string; trustLoopback: boolean }): Finding {
  const check = 'Access'
  if (trustLoopback) return { check, verdict: 'ok', text: 'this machine only, and without a key' }
  if (/^(localhost|127\.|::1$)/.test(host)) return { check, verdict: 'ok', text: 'this machine only, with a key' }
  const advice = 'put a TLS proxy in front: keys travel in the clear'
  return { check, verdict: 'warning', text: `other machines reach ${host}, with a key`, advice }
}

function inUnits(bytes: number): string {
  return bytes >= GIB ? `${(bytes / GIB).toFixed(1)} GiB` : `${Math.round(bytes / MIB)} MiB`
}
