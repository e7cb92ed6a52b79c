import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import type { Connection, Tx } from '../db/database.ts'

/** Raised only when what a queued call means changes incompatibly: queues serve only their own version. */
const APPLICATION_VERSION = 'assay-1'
const QUEUE = 'assay'
const POLLING_MS = 100
const CALL = 'call'

export type Handler = (args: Record<string, string | number>) => Promise<void>

export type Engine = {
  /**
   * Puts a call of the task on the queue, in the caller's transaction: it exists exactly if that commits.
   * The same id is enqueued once. `args` hold references, never data (they stay in the engine's tables).
   */
  enqueue(tx: Tx, call: { id: string; task: string; args: Record<string, string | number> }): Promise<void>
  /** Puts the unfinished calls back on the queue that are held by none of these machines. */
  takeOverAllBut(living: string[]): Promise<number>
  /** Stops taking work and waits for running calls up to `timeoutMs`; what is cut goes on elsewhere or at the next start. */
  stop(timeoutMs: number): Promise<void>
}

/**
 * Durable calls on queues that many machines share. A call is delivered at least once: its handler makes its effect
 * exactly once itself (one transaction, keyed).
 * @param options.handlers what each task does; empty for a process that only enqueues
 * @param options.concurrency calls at a time in this process
 */
export async function startEngine(options: {
  connection: Connection
  executorId: string
  handlers: Record<string, Handler>
  concurrency: number
  log: { info(text: string): void; error(error: unknown, text: string): void }
}): Promise<Engine> {
  const pool = new pg.Pool({ ...options.connection, max: 6, application_name: 'assay engine' })
  pool.on('error', () => {})
  DBOS.registerWorkflow(
    async (task: string, args: Record<string, string | number>) => {
      const handler = options.handlers[task]
      if (!handler) throw new Error(`no handler for task ${task}`)
      await DBOS.runStep(() => handler(args), { name: task })
    },
    { name: CALL, maxRecoveryAttempts: 1_000_000 },
  )
  DBOS.setConfig({
    name: 'assay',
    systemDatabasePool: pool,
    applicationVersion: APPLICATION_VERSION,
    executorID: options.executorId,
    useListenNotify: true,
    schedulerPollingIntervalMs: 1_000,
    listenQueues: Object.keys(options.handlers).length === 0 ? [] : [QUEUE],
    logger: quietLogger(options.log),
  })
  await DBOS.launch()
  await DBOS.registerQueue(QUEUE, {
    workerConcurrency: options.concurrency,
    minPollingIntervalMs: POLLING_MS,
    onConflict: 'always_update',
  })
  const client = await DBOSClient.create({
    systemDatabaseUrl: '',
    systemDatabasePool: pool,
    applicationName: 'assay',
  })
  return {
    async enqueue(tx, call) {
      await client.enqueueInTransaction(
        tx.$client,
        { workflowName: CALL, queueName: QUEUE, workflowID: call.id, appVersion: APPLICATION_VERSION },
        call.task,
        call.args,
      )
    },
    async takeOverAllBut(living) {
      const pending = await DBOS.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false })
      const cut = pending.filter((call) => !living.includes(call.executorId ?? '')).map((call) => call.workflowID)
      if (cut.length > 0) await DBOS.resumeWorkflows(cut, { queueName: QUEUE })
      return cut.length
    },
    async stop(timeoutMs) {
      await client.destroy()
      await DBOS.shutdown({ deregister: true, workflowCompletionTimeoutMS: timeoutMs })
      await pool.end()
    },
  }
}

function quietLogger(log: { info(text: string): void; error(error: unknown, text: string): void }) {
  return {
    debug: () => {},
    info: () => {},
    warn: (text: unknown) => log.info(`engine: ${String(text)}`),
    error: (error: unknown) => log.error(error, 'engine'),
  }
}
