import { setTimeout as pause } from 'node:timers/promises'

const ASK_AGAIN_MS = 150

/**
 * Asks until the answer is anything but false, null or undefined.
 * @param what completes "waited N s for ..."
 */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | false | null | undefined> | Answer | false | null | undefined,
  timeoutMs = 30_000,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== false && answer !== null && answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1_000} s for ${what}`)
    await pause(ASK_AGAIN_MS)
  }
}
