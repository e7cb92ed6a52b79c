import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AssayError, type ErrorCode } from '../../errors/index.ts'
import type { Job, JobContext } from './job.ts'
import type { JobReply, JobRequest } from './protocol.ts'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const RESOLVE_HOOKS = fileURLToPath(new URL('../../../bin/resolve-hooks.js', import.meta.url))

/** Who asks for a job: what it tells goes there. Nobody need look at what it measures. */
export type JobCaller = Omit<JobContext, 'measure'> & {
  measure?: JobContext['measure']
  signal: AbortSignal
  /** gets the child's process id */
  onStart?: (pid: number) => void
}

/**
 * Runs a job in a child process at low priority.
 * Aborting the signal kills the child at once (SIGKILL: it holds nothing that must be put down gently).
 * @throws the job's own coded error; JOB_DIED when the process ended without an answer (out of memory, killed)
 */
export function runJob<Input, Output>(
  job: Job<Input, Output>,
  input: Input,
  { signal, log, progress, measure, onStart }: JobCaller,
): Promise<Output> {
  return new Promise<Output>((resolve, reject) => {
    signal.throwIfAborted()
    const child = fork(CHILD, {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', RESOLVE_HOOKS],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    let errorOutput = ''
    const kill = () => child.kill('SIGKILL')
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', kill)
      act()
      kill()
    }
    signal.addEventListener('abort', kill, { once: true })
    child.stderr!.on('data', (chunk: Buffer) => {
      errorOutput = (errorOutput + chunk.toString()).slice(-4_000)
    })
    child.on('message', (reply: JobReply) => {
      if (reply.type === 'log') log(reply.level, reply.text)
      else if (reply.type === 'progress') progress(reply.done, reply.total, reply.text)
      else if (reply.type === 'measure') measure?.(reply.series, reply.x, reply.y)
      else if (reply.type === 'result') settle(() => resolve(reply.output as Output))
      else settle(() => reject(revive(reply.error)))
    })
    child.on('error', (error) => settle(() => reject(error)))
    child.on('exit', (code, killedBy) => {
      const how = killedBy ?? `exit code ${code}`
      settle(() =>
        reject(
          signal.aborted
            ? signal.reason
            : new AssayError('JOB_DIED', { job: job.name, how, errorOutput: errorOutput.trim() }),
        ),
      )
    })
    child.send({ job: job.name, input } satisfies JobRequest)
    if (child.pid !== undefined) onStart?.(child.pid)
  })
}

function revive({ code, details, message, stack }: Extract<JobReply, { type: 'error' }>['error']): Error {
  if (code) return new AssayError(code as ErrorCode, details as never)
  const error = new Error(message)
  error.stack = stack
  return error
}
