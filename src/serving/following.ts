import type { Listener, Logger } from '../platform/index.ts'
import { DEPLOYMENTS_CHANNEL } from '../registry/index.ts'

const POLL_MS = 1_000
const FLUSH_MS = 60_000

export type FollowingParts = {
  listener: Listener
  log: Logger
  reconcile(model?: string): Promise<void>
  flush(): Promise<void>
}

/**
 * Keeps a serving process up to date: deployments as they change (NOTIFY, and a poll each second for what a notification
 * missed), counts written each minute. What fails is logged when it starts to fail, and tried again.
 * @returns a function that ends it
 */
export function follow({ listener, log, reconcile, flush }: FollowingParts): () => void {
  const reconciling = repeatable(reconcile, (error) =>
    log.warn({ err: error }, 'the deployments cannot be read; serving goes on with what it has'),
  )
  const flushing = repeatable(flush, (error) => log.warn({ err: error }, 'the counts wait for the database'))
  const stopListening = listener.listen(DEPLOYMENTS_CHANNEL, (model) => void reconciling(model || undefined))
  let polling: Promise<void> | undefined
  const poll = setInterval(() => {
    // A database that answers slowly is not asked again meanwhile.
    polling ??= reconciling().finally(() => (polling = undefined))
  }, POLL_MS)
  const minute = setInterval(() => void flushing(), FLUSH_MS)
  return () => {
    stopListening()
    clearInterval(poll)
    clearInterval(minute)
  }
}

/** `work` that never throws: `onFirstFailure` hears of a failure only when the time before went well. */
function repeatable<Args extends unknown[]>(
  work: (...args: Args) => Promise<void>,
  onFirstFailure: (error: unknown) => void,
): (...args: Args) => Promise<void> {
  let isFailing = false
  return async (...args) => {
    try {
      await work(...args)
      isFailing = false
    } catch (error) {
      if (!isFailing) onFirstFailure(error)
      isFailing = true
    }
  }
}
