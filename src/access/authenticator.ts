import { AssayError } from '../errors/index.ts'
import type { Db } from '../platform/index.ts'
import { findActor, LOCAL_ACTOR, type Actor } from './actors.ts'
import { digest, findKeyHolder } from './keys.ts'
import { createWrongKeyLimit } from './wrong-key-limit.ts'

/** How long a revoked key or a changed role may still count. */
const CACHE_MS = 5_000
const MOST_CACHED = 1_000

/** Tells who calls. One per process: it remembers what it looked up, so that most requests need no database read. */
export type Authenticator = {
  /**
   * @param address where the call comes from: wrong keys are counted by it
   * @throws KEY_INVALID; TOO_MANY_WRONG_KEYS when 100 wrong ones came from there within an hour
   */
  authenticate(key: string, address: string): Promise<Actor>
  /** The actor of calls over trusted loopback without a key; `undefined` when that actor is disabled. */
  local(): Promise<Actor | undefined>
}

/** @param now the clock, in milliseconds */
export function createAuthenticator(db: Db, now: () => number = Date.now): Authenticator {
  const cache = new Map<string, { actor: Actor; until: number }>()
  const limit = createWrongKeyLimit(now)

  /** Refusals are not remembered: a key works as soon as it exists. */
  async function remember(name: string, load: () => Promise<Actor | undefined>): Promise<Actor | undefined> {
    const actor = await load()
    cache.delete(name)
    if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value!)
    if (actor) cache.set(name, { actor, until: now() + CACHE_MS })
    return actor
  }

  function recall(name: string): Actor | undefined {
    const entry = cache.get(name)
    return entry && entry.until > now() ? entry.actor : undefined
  }

  return {
    async authenticate(key, address) {
      const name = digest(key).toString('hex')
      const known = recall(name)
      if (known) return known
      limit.check(address)
      const actor = await remember(name, () => findKeyHolder(db, key))
      if (actor) return actor
      limit.count(address)
      throw new AssayError('KEY_INVALID', {})
    },
    async local() {
      return recall(LOCAL_ACTOR) ?? remember(LOCAL_ACTOR, () => findActor(db, LOCAL_ACTOR))
    },
  }
}
