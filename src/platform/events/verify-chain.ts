import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db, Tx } from '../db/database.ts'
import { eventHash, GENESIS_HASH } from './chainer.ts'
import type { ChainedEvent } from './events.ts'

/** The first event that is not as it was chained. */
export type ChainFault = {
  position: number
  /** `missing`: the position is not there; `altered`: the content does not give the hash; `relinked`: it names another predecessor */
  kind: 'missing' | 'altered' | 'relinked'
  message: string
}

/** What the chain is like. `head` is worth keeping elsewhere: cutting off the newest events shows only against it. */
export type ChainVerdict = {
  intact: boolean
  nEvents: number
  head: { position: number; hash: string } | null
  fault: ChainFault | null
}

type Link = Omit<ChainedEvent, 'at'> & { at: Date; isExact: boolean; previousHash: string; hash: string }

/** Hashing so many events takes about 2 ms. */
const BATCH = 300

/**
 * Walks all events in order: positions without a gap from 1 on, each hash made from the event's content and its predecessor's hash.
 * Stops at the first fault.
 * @param expected a head seen before: it has to be in the chain still
 */
export async function verifyChain(db: Db | Tx, expected?: { position: number; hash: string }): Promise<ChainVerdict> {
  let head: ChainVerdict['head'] = null
  let nEvents = 0
  const verdict = (fault: ChainFault | null): ChainVerdict => ({ intact: fault === null, nEvents, head, fault })
  for (;;) {
    const links = await readLinks(db, head?.position ?? 0)
    for (const link of links) {
      const fault = faultOf(link, head) ?? unexpected(link, expected)
      if (fault) return verdict(fault)
      head = { position: link.position, hash: link.hash }
      nEvents++
    }
    if (links.length < BATCH) break
    await nextTurn()
  }
  if (expected && expected.position > (head?.position ?? 0))
    return verdict({
      position: (head?.position ?? 0) + 1,
      kind: 'missing',
      message: `The chain ends at ${head?.position ?? 0}; wanted an event at ${expected.position}, which was there before.`,
    })
  return verdict(null)
}

async function readLinks(db: Db | Tx, after: number): Promise<Link[]> {
  const { rows } = await db.$client.query<Link>(
    `select position, at, at = date_trunc('milliseconds', at) as "isExact", type, actor, object, data,
       previous_hash as "previousHash", hash
     from events where position > $1 order by position limit ${BATCH}`,
    [after],
  )
  return rows
}

function faultOf(link: Link, before: ChainVerdict['head']): ChainFault | undefined {
  const wanted = (before?.position ?? 0) + 1
  const previous = before?.hash ?? GENESIS_HASH
  if (link.position > wanted)
    return { position: wanted, kind: 'missing', message: `After event ${wanted - 1} comes ${link.position}.` }
  if (link.position < wanted)
    return { position: link.position, kind: 'altered', message: `Event ${link.position} is there twice.` }
  const event = { ...link, at: link.at.toISOString() }
  if (!link.isExact || eventHash(link.previousHash, event) !== link.hash)
    return {
      position: link.position,
      kind: 'altered',
      message: `Event ${link.position} (${link.type}) does not give the hash that it was chained with: its row was changed.`,
    }
  if (link.previousHash !== previous)
    return {
      position: link.position,
      kind: 'relinked',
      message: `Event ${link.position} (${link.type}) follows another event than ${wanted - 1} as it is now: that one was rewritten.`,
    }
  return undefined
}

function unexpected(link: Link, expected: { position: number; hash: string } | undefined): ChainFault | undefined {
  if (!expected || link.position !== expected.position || link.hash === expected.hash) return undefined
  return {
    position: link.position,
    kind: 'relinked',
    message: `Event ${link.position} has the hash ${link.hash}; wanted ${expected.hash}: the chain was made anew.`,
  }
}
