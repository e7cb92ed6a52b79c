import { CommanderError } from 'commander'
import type { Shell, StartAssay } from './context.ts'
import { reportFailure } from './output.ts'
import { createProgram } from './program.ts'

export type { Assay, StartAssay } from './context.ts'

/**
 * Runs one command.
 * @param argv what follows `assay`
 * @param loadMain loads the rest of the program, for the commands that start a process
 * @returns the exit code: 0 done, else by the kind of error
 */
export async function run(argv: string[], loadMain: () => Promise<{ startAssay: StartAssay }>): Promise<number> {
  const stopping = new AbortController()
  const stop = () => {
    // The second Ctrl-C means "at once".
    if (stopping.signal.aborted) process.exit(130)
    stopping.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  let exitCode = 0
  const shell: Shell = {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    loadMain,
    signal: stopping.signal,
    setExitCode: (code) => (exitCode = code),
  }
  const failure = await runCommand(argv, shell)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop)
  return failure ?? exitCode
}

/** @returns the exit code of a failure, undefined when there was none */
export async function runCommand(argv: string[], shell: Shell): Promise<number | undefined> {
  try {
    await createProgram(shell).parseAsync(argv, { from: 'user' })
    return undefined
  } catch (error) {
    // The parser has written help or what is wrong with the arguments already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportFailure(error, shell, argv.includes('--json'))
  }
}
