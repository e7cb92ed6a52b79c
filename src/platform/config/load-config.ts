import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { AssayError } from '../../errors/index.ts'
import { isLoopbackHost } from './loopback.ts'
import { maskUrl } from './mask.ts'
import { settings, type Config, type SettingName } from './settings.ts'

export const CONFIG_FILE = 'assay.config.yaml'

type Source = Record<string, unknown>
/** A value that was given, and where: `ASSAY_PORT`, `--port`, a file. */
type Given = { value: unknown; from: string }

/**
 * Reads the configuration once: defaults, then the file, the environment, the flags; the later one wins.
 * The file is `assay.config.yaml` in the working directory or in the home.
 * @param options.flags by setting name; `undefined` is not given. Texts are read as in the environment.
 * @param options.isTerminal whether logs go to a person's terminal: decides the default of `logFormat`
 * @throws CONFIG_INVALID naming every fault: key, value, origin, what is wanted
 */
export function loadConfig(options: {
  env: Record<string, string | undefined>
  flags?: Partial<Record<SettingName, unknown>>
  cwd: string
  isTerminal?: boolean
}): Config {
  const faults: string[] = []
  const { env, flags = {}, cwd } = options
  const outer = [fromFlags(flags), fromEnvironment(env)]
  const homeBefore = path.resolve(cwd, String(find('home', outer)?.value ?? settings.home.default))
  const file = readFile([...new Set([path.join(cwd, CONFIG_FILE), path.join(homeBefore, CONFIG_FILE)])], faults)
  const values: Source = {}
  for (const name of Object.keys(settings) as SettingName[]) {
    const given = find(name, [...outer, file.values])
    const value = given ? given.value : settings[name].default
    if (given && !Value.Check(settings[name].schema, value)) faults.push(fault(name, given))
    values[name] = value
  }
  if (values.trustLoopback === true && !isLoopbackHost(String(values.host))) {
    faults.push(`trustLoopback: given true with host ${String(values.host)}; wanted ${settings.trustLoopback.wanted}`)
  }
  if (faults.length > 0) throw new AssayError('CONFIG_INVALID', { faults: faults.join('; ') })
  return resolve(values, { cwd, configFile: file.path, isTerminal: options.isTerminal ?? false })
}

function resolve(values: Source, at: { cwd: string; configFile: string | undefined; isTerminal: boolean }): Config {
  const { artifactUrl, ...rest } = values
  const home = path.resolve(at.cwd, String(values.home))
  const dataRoots = values.dataRoots as string[] | undefined
  return Object.freeze({
    ...rest,
    home,
    keyDir: path.resolve(at.cwd, String(values.keyDir ?? path.join(home, 'keys'))),
    artifactDir: artifactUrl === undefined ? path.join(home, 'artifacts') : directoryOf(String(artifactUrl), at.cwd),
    dataRoots: readableFolders(dataRoots, { home, cwd: at.cwd, isPrivate: isLoopbackHost(String(values.host)) }),
    logFormat: values.logFormat ?? (at.isTerminal ? 'pretty' : 'json'),
    trustLoopback: values.trustLoopback ?? isLoopbackHost(String(values.host)),
    configFile: at.configFile,
  }) as Config
}

/**
 * Where data files may be read from. Who may start runs may name files of this machine: on a machine that others reach, only in
 * folders that were named, and among the uploads. Undefined is everywhere.
 */
function readableFolders(
  roots: string[] | undefined,
  { home, cwd, isPrivate }: { home: string; cwd: string; isPrivate: boolean },
): string[] | undefined {
  if (roots === undefined && isPrivate) return undefined
  return [path.join(home, 'uploads'), ...(roots ?? []).map((root) => path.resolve(cwd, root))]
}

function directoryOf(fileUrl: string, cwd: string): string {
  return fileUrl.startsWith('file://') ? fileURLToPath(fileUrl) : path.resolve(cwd, fileUrl.slice('file:'.length))
}

function find(name: SettingName, sources: Map<string, Given>[]): Given | undefined {
  return sources.find((source) => source.has(name))?.get(name)
}

function fromFlags(flags: Source): Map<string, Given> {
  const given = Object.entries(flags).filter(([name, value]) => value !== undefined && name in settings)
  return new Map(
    given.map(([name, value]) => [name, { value: readText(name as SettingName, value), from: `--${kebab(name)}` }]),
  )
}

function fromEnvironment(env: Record<string, string | undefined>): Map<string, Given> {
  const given = new Map<string, Given>()
  for (const name of Object.keys(settings) as SettingName[]) {
    // An empty variable is how a shell or a compose file says "not set".
    const variable = settings[name].env.find((candidate) => env[candidate])
    if (variable) given.set(name, { value: readText(name, env[variable]), from: variable })
  }
  return given
}

/** Environment and command line know only texts: numbers and booleans are read from them; the rest stays for the schema. */
function readText(name: SettingName, value: unknown): unknown {
  const { schema } = settings[name]
  if (typeof value !== 'string' || !('type' in schema)) return value
  if (schema.type === 'boolean')
    return value === 'true' || value === '1' || (value === 'false' || value === '0' ? false : value)
  if (schema.type === 'string') return value
  if (schema.type === 'array') return value.split(':').filter((entry) => entry !== '')
  return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value)
}

function readFile(candidates: string[], faults: string[]): { path: string | undefined; values: Map<string, Given> } {
  const found = candidates.filter((candidate) => fs.existsSync(candidate))
  if (found.length > 1) faults.push(`two configuration files, ${found.join(' and ')}; wanted one`)
  const file = found[0]
  const values = new Map<string, Given>()
  if (!file) return { path: undefined, values }
  let content: unknown
  try {
    content = parse(fs.readFileSync(file, 'utf8')) ?? {}
  } catch (error) {
    faults.push(`${file}: ${(error as Error).message.split('\n')[0]}`)
  }
  if (content === undefined) return { path: file, values }
  if (typeof content !== 'object' || Array.isArray(content)) {
    faults.push(`${file}: wanted settings as "name: value"`)
    return { path: file, values }
  }
  for (const [name, value] of Object.entries(content as Source)) {
    if (name in settings) values.set(name, { value, from: file })
    else faults.push(`${name}: unknown in ${file}; wanted one of ${Object.keys(settings).join(', ')}`)
  }
  return { path: file, values }
}

function fault(name: SettingName, given: Given): string {
  const shown =
    name === 'databaseUrl'
      ? maskUrl(String(given.value))
      : name === 'homeKey'
        ? `${String(given.value).length} characters`
        : JSON.stringify(given.value)
  return `${name}: given ${shown} (${given.from}); wanted ${settings[name].wanted}`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
