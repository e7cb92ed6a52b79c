import type { ClaimMessage, DriftReport, FeedMessage, StreamStatus } from './types.ts'

/** Newest claims kept for the decision mix; the table shows fewer. */
export const mostClaims = 500
/** Seconds of throughput kept. */
export const nSeconds = 60

export type ClaimsView = {
  /** newest first */
  claims: ClaimMessage[]
  status: StreamStatus | null
  report: DriftReport | null
  nReceived: number
  /** claims the server did not send because this page was too slow for them */
  nSkipped: number
  /** claims per second sent or skipped, oldest first, the running second left out; length `nSeconds` */
  perSecond: number[]
}

/**
 * What the claims page knows of the live stream: a ring of the newest claims and counts, so that memory stays flat whatever
 * the rate. `receive` is cheap and draws nothing; `view` makes the picture and is to be called a few times a second.
 */
export class ClaimsFeed {
  #ring: ClaimMessage[] = []
  #at = 0
  #status: StreamStatus | null = null
  #report: DriftReport | null = null
  #nReceived = 0
  #nSkipped = 0
  #counts = new Float64Array(nSeconds + 1)
  #second = 0
  #isDirty = false

  receive(message: FeedMessage, nowMs: number): void {
    this.#isDirty = true
    if (message.type === 'claim') this.#receiveClaim(message, nowMs)
    else if (message.type === 'drift') this.#report = message.report
    else {
      const { type: _, ...status } = message
      this.#status = status
    }
  }

  #receiveClaim(message: ClaimMessage, nowMs: number): void {
    this.#ring[this.#at] = message
    this.#at = (this.#at + 1) % mostClaims
    this.#nReceived += 1
    this.#nSkipped += message.nSkipped
    this.#advance(nowMs)
    this.#counts[this.#second % this.#counts.length] += 1 + message.nSkipped
  }

  /** Empties the seconds in which nothing came. */
  #advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    const first = Math.max(this.#second + 1, second - this.#counts.length + 1)
    for (let s = first; s <= second; s++) this.#counts[s % this.#counts.length] = 0
    this.#second = Math.max(this.#second, second)
  }

  /** Whether anything came since the last `view`. */
  get isDirty(): boolean {
    return this.#isDirty
  }

  view(nowMs: number): ClaimsView {
    this.#isDirty = false
    this.#advance(nowMs)
    const newestLast = [...this.#ring.slice(this.#at), ...this.#ring.slice(0, this.#at)]
    return {
      claims: newestLast.toReversed(),
      status: this.#status,
      report: this.#report,
      nReceived: this.#nReceived,
      nSkipped: this.#nSkipped,
      perSecond: Array.from({ length: nSeconds }, (_, i) => {
        const second = this.#second - nSeconds + i
        return second < 0 ? 0 : this.#counts[second % this.#counts.length]
      }),
    }
  }
}

export type DecisionMix = { nApprove: number; nRefer: number; nUnscored: number }

export function decisionMix(claims: ClaimMessage[]): DecisionMix {
  const count = (decision: string | undefined) => claims.filter((c) => c.prediction?.decision === decision).length
  return { nApprove: count('approve'), nRefer: count('refer'), nUnscored: count(undefined) }
}
