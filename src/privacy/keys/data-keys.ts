import { createHmac, randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AssayError } from '../../errors/index.ts'
import { decrypt, encrypt } from './cipher.ts'
import type { HomeKey } from './home-key.ts'
import { KEY_ID_BYTES, KeySlots } from './key-slots.ts'

/** A key that texts of one owner are sealed with. */
export type DataKey = {
  /** @param bound what the text belongs to, an id: it can be opened only beside the same */
  seal(text: string, bound: string): Buffer
  /** Keyed digest of a text, hex: equal texts have equal ones under one key, and without the key nobody can try texts out. */
  digest(text: string): string
}

/**
 * Keys of owners: persons (`subject:…`) and days (`day:2026-11-21`). An owner may have several; destroying takes all of them, and with
 * them every text that was sealed, wherever it or a copy of it lies.
 */
export type DataKeys = {
  /** A key for each owner, made and on disk where there was none. The same owner twice gets the same key. */
  of(owners: readonly string[]): Promise<DataKey[]>
  /** What was sealed; `undefined` when its key was destroyed. @throws DATA_KEY_MISSING, KEY_DAMAGED */
  open(sealed: Buffer, bound: string): string | undefined
  /** @returns how many keys there were */
  destroy(owners: readonly string[]): Promise<number>
  count(owners: readonly string[]): Promise<number>
  close(): Promise<void>
}

const FORMAT = 1
/** Owners whose key this process finds again; beyond them the one it has not seen for longest gets a further key. */
const MAX_REMEMBERED = 100_000
/** So many keys take about 2 ms. */
const KEYS_PER_TURN = 100

/** Opens the keys in a directory. Every use reads the key's slot anew: what another process destroyed is not used again. */
export function openDataKeys(directory: string, home: HomeKey): DataKeys {
  const slots = new KeySlots(directory)
  const owning = home.derive('owners')
  const remembered = new Map<string, Buffer>()
  const digestOf = (owner: string) => createHmac('sha256', owning).update(owner).digest()

  function find(owner: string): DataKey | undefined {
    const id = remembered.get(owner)
    if (!id) return undefined
    remembered.delete(owner)
    const slot = slots.read(id)
    if (!slot) return undefined
    remembered.set(owner, id)
    return dataKey(id, home.unwrap(slot.wrapped, id))
  }

  async function make(owners: string[]): Promise<DataKey[]> {
    const secrets = owners.map(() => randomBytes(32))
    const ids = await slots.append(owners.length, (i, id) => ({
      owner: Buffer.from(owners[i], 'hex'),
      wrapped: home.wrap(secrets[i], id),
    }))
    for (const [i, owner] of owners.entries()) remembered.set(owner, ids[i])
    while (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!)
    return ids.map((id, i) => dataKey(id, secrets[i]))
  }

  return {
    async of(owners) {
      const digests = owners.map((owner) => digestOf(owner).toString('hex'))
      const keys = new Map<string, DataKey>()
      const missing: string[] = []
      let nSeen = 0
      for (const owner of new Set(digests)) {
        const key = find(owner)
        if (key) keys.set(owner, key)
        else missing.push(owner)
        if (++nSeen % KEYS_PER_TURN === 0) await nextTurn()
      }
      for (let from = 0; from < missing.length; from += KEYS_PER_TURN) {
        const part = missing.slice(from, from + KEYS_PER_TURN)
        for (const [i, key] of (await make(part)).entries()) keys.set(part[i], key)
      }
      return digests.map((owner) => keys.get(owner)!)
    },
    open(sealed, bound) {
      if (sealed[0] !== FORMAT) throw new AssayError('KEY_DAMAGED', { directory })
      const id = sealed.subarray(1, 1 + KEY_ID_BYTES)
      const slot = slots.read(id)
      if (!slot) return undefined
      const secret = home.unwrap(slot.wrapped, id)
      try {
        return decrypt(secret, sealed.subarray(1 + KEY_ID_BYTES), Buffer.from(bound)).toString('utf8')
      } catch (cause) {
        throw new AssayError('KEY_DAMAGED', { directory }, { cause })
      }
    },
    destroy: (owners) => slots.destroy(owners.map(digestOf)),
    count: (owners) => slots.count(owners.map(digestOf)),
    close: () => slots.close(),
  }
}

function dataKey(id: Buffer, secret: Buffer): DataKey {
  let digesting: Buffer | undefined
  const head = Buffer.concat([Buffer.of(FORMAT), id])
  return {
    seal: (text, bound) => Buffer.concat([head, encrypt(secret, Buffer.from(text), Buffer.from(bound))]),
    digest(text) {
      digesting ??= createHmac('sha256', secret).update('digest').digest()
      return createHmac('sha256', digesting).update(text).digest('hex')
    },
  }
}
