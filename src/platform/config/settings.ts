import os from 'node:os'
import { Type, type Static, type TSchema } from 'typebox'

/** One setting: its key in the configuration file and among the flags, and all that is known of it. */
type Setting = {
  schema: TSchema
  /** environment variables, the first that is set counts */
  env: string[]
  /** completes "wanted ..." */
  wanted: string
  default: unknown
}

const oneOf = <const Values extends string[]>(...values: Values) => Type.Enum(values)

/** Every setting of the process. The order is the one of `assay config`. */
export const settings = {
  home: {
    schema: Type.String({ minLength: 1 }),
    env: ['ASSAY_HOME'],
    wanted: 'a directory',
    default: '.assay',
  },
  host: {
    schema: Type.String({ minLength: 1, pattern: '^[^\\s/]+$' }),
    env: ['ASSAY_HOST'],
    wanted: 'a host name or address to listen on',
    default: '127.0.0.1',
  },
  port: {
    schema: Type.Integer({ minimum: 0, maximum: 65_535 }),
    env: ['ASSAY_PORT', 'PORT'],
    wanted: 'a whole number from 0 (any free port) to 65535',
    default: 8000,
  },
  dataRoots: {
    schema: Type.Array(Type.String({ minLength: 1 })),
    env: ['ASSAY_DATA_ROOTS'],
    wanted: 'folders that data files may be read from, separated by colons',
    default: undefined,
  },
  databaseUrl: {
    schema: Type.String({ pattern: '^postgres(ql)?://\\S+$' }),
    env: ['DATABASE_URL'],
    wanted: 'postgresql://user:password@host:port/database',
    default: undefined,
  },
  artifactUrl: {
    schema: Type.String({ pattern: '^file:.+' }),
    env: ['ARTIFACT_URL'],
    wanted: 'file:DIRECTORY (s3: is not supported yet)',
    default: undefined,
  },
  keyDir: {
    schema: Type.String({ minLength: 1 }),
    env: ['ASSAY_KEY_DIR'],
    wanted: 'a directory, one for all machines; keys in the home by default',
    default: undefined,
  },
  homeKey: {
    schema: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    env: ['ASSAY_HOME_KEY'],
    wanted: '64 hex digits; without it the key lies in keyDir',
    default: undefined,
  },
  logLevel: {
    schema: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    env: ['ASSAY_LOG_LEVEL'],
    wanted: 'trace, debug, info, warn, error, fatal or silent',
    default: 'info',
  },
  logFormat: {
    schema: oneOf('json', 'pretty'),
    env: ['ASSAY_LOG_FORMAT'],
    wanted: 'json or pretty',
    default: undefined,
  },
  trustLoopback: {
    schema: Type.Boolean(),
    env: ['ASSAY_TRUST_LOOPBACK'],
    wanted: 'true or false, and true only on a loopback host',
    default: undefined,
  },
  sampleData: {
    schema: Type.Boolean(),
    env: ['ASSAY_SAMPLE_DATA'],
    wanted: 'true or false',
    default: true,
  },
  streamRate: {
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
    env: ['ASSAY_STREAM_RATE'],
    wanted: 'claims per second, above 0 and up to 1000',
    default: 5,
  },
  driftThreshold: {
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    env: ['DRIFT_THRESHOLD'],
    wanted: 'a drift score above 0 and up to 1',
    default: 0.1,
  },
  minSamplesForMonitoring: {
    schema: Type.Integer({ minimum: 1 }),
    env: ['MIN_SAMPLES_FOR_MONITORING'],
    wanted: 'a whole number of rows, 1 or more',
    default: 100,
  },
  threads: {
    schema: Type.Integer({ minimum: 1, maximum: 256 }),
    env: ['ASSAY_THREADS'],
    wanted: 'a whole number from 1 to 256',
    default: Math.min(256, os.availableParallelism()),
  },
  profile: {
    schema: oneOf('development', 'tuning', 'production'),
    env: ['ASSAY_PROFILE'],
    wanted: 'development, tuning or production',
    default: 'development',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

type Values = { [Name in SettingName]: Static<(typeof settings)[Name]['schema']> }

/** What the process was configured to do. Frozen; `home` and `artifactDir` are absolute. */
export type Config = Readonly<
  Omit<Values, 'databaseUrl' | 'artifactUrl' | 'keyDir' | 'homeKey' | 'dataRoots'> & {
    /** an outside PostgreSQL; `undefined` means the embedded one in `home` */
    databaseUrl: string | undefined
    artifactDir: string
    keyDir: string
    /** where data files may be read from; undefined is everywhere, but no symbolic link is followed */
    dataRoots: string[] | undefined
    /** the key over all keys, when it comes from outside */
    homeKey: string | undefined
    /** the file that was read, if there was one */
    configFile: string | undefined
  }
>
