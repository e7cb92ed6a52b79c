import { enableCompileCache, flushCompileCache } from 'node:module'
import { constants, setPriority } from 'node:os'
import type { JobReply, JobRequest } from './protocol.ts'

// Entry of the child process (run-job.ts). Niceness is set before any thread starts: threads inherit it.
setPriority(constants.priority.PRIORITY_LOW)
process.on('disconnect', () => process.exit(1))

const send = (reply: JobReply) => void process.send!(reply)

process.once('message', async (request: JobRequest) => {
  const { AssayError, jobs } = await load()
  const describe = (error: unknown) => {
    if (error instanceof AssayError) return { code: error.code, details: error.details, message: error.message }
    if (error instanceof Error) return { message: error.message, stack: error.stack }
    return { message: String(error) }
  }
  const job = jobs.find((candidate) => candidate.name === request.job)
  if (!job) return send({ type: 'error', error: { message: `no job named ${request.job}` } })
  job
    .run(request.input as never, {
      log: (level, text) => send({ type: 'log', level, text }),
      progress: (done, total, text) => send({ type: 'progress', done, total, text }),
      measure: (series, x, y) => send({ type: 'measure', series, x, y }),
    })
    .then((output) => send({ type: 'result', output }))
    .catch((error: unknown) => send({ type: 'error', error: describe(error) }))
})

/** The jobs and all that they need, compiled by an earlier process if there was one: that takes a third of the time. */
async function load() {
  enableCompileCache()
  const [{ AssayError }, { jobs }] = await Promise.all([import('../../errors/index.ts'), import('./registry.ts')])
  // The process is killed once it has answered, and would take what it compiled with it.
  flushCompileCache()
  return { AssayError, jobs }
}
