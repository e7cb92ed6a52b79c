import type { Writable } from 'node:stream'
import { destination, pino, stdTimeFunctions, type Logger } from 'pino'
import { build as pretty } from 'pino-pretty'

const secrets = ['key', 'apiKey', 'password', 'authorization', 'cookie', 'databaseUrl', 'connectionString']
const secretHeaders = ['.authorization', '.cookie', '["sec-websocket-protocol"]']

const redact = {
  censor: '[redacted]',
  paths: [
    ...secrets.flatMap((name) => [name, `*.${name}`]),
    ...secretHeaders.flatMap((name) => [`headers${name}`, `*.headers${name}`]),
  ],
}

/**
 * The log of the process. It goes to standard error, so that what a command prints with `--json` stays clean.
 * Keys, passwords and authorization headers are replaced, at the top level and one below.
 * A part of Assay takes `log.child({ part: 'serving' })`.
 * @param options.stream where to write instead of standard error
 */
export function createLogger(options: { level: string; format: 'json' | 'pretty'; stream?: Writable }): Logger {
  const { level, format, stream } = options
  // Written at once: the last lines before a crash are the ones that matter.
  const target =
    format === 'json'
      ? (stream ?? destination({ fd: 2, sync: true }))
      : pretty({
          destination: stream ?? 2,
          sync: true,
          colorize: stream === undefined && process.stderr.isTTY === true && !process.env.NO_COLOR,
          translateTime: 'SYS:HH:MM:ss.l',
          messageFormat: '{if part}{part}: {end}{msg}',
          ignore: 'part',
        })
  return pino({ level, redact, base: undefined, timestamp: stdTimeFunctions.isoTime }, target)
}
