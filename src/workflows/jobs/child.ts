import { constants, setPriority } from 'node:os'
import { AssayError } from '../../errors/index.ts'
import { jobs } from './registry.ts'
import type { JobReply, JobRequest } from './protocol.ts'

// Entry of the child process (run-job.ts). Niceness is set before any thread starts: threads inherit it.
setPriority(constants.priority.PRIORITY_LOW)
process.on('disconnect', () => process.exit(1))

const send = (reply: JobReply) => void process.send!(reply)

process.once('message', (request: JobRequest) => {
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

function describe(error: unknown) {
  if (error instanceof AssayError) return { code: error.code, details: error.details, message: error.message }
  if (error instanceof Error) return { message: error.message, stack: error.stack }
  return { message: String(error) }
}
