import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pseudonym, type HmacKey } from '../policies/hmac-key.ts'
import type { HomeKey } from './home-key.ts'
import { writeOnce } from './write-once.ts'

/** The keys of pseudonyms, `p1`, `p2` and so on: the newest makes new ones, the older ones find what they once made. */
export type PseudonymKeys = {
  current(): HmacKey
  /** oldest first, with those that other processes made meanwhile */
  all(): HmacKey[]
  /** Makes a new key, which is the current one from now on; other processes take it up at their next start. */
  rotate(): HmacKey
  /** Every pseudonym a value may have been given. */
  pseudonyms(value: string): string[]
}

/** Opens the keys in a directory; the first one is made at the first start. Each file is a key wrapped in the home key. */
export function openPseudonymKeys(directory: string, home: HomeKey): PseudonymKeys {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  const known = new Map<number, HmacKey>()

  function load(): HmacKey[] {
    const numbers = fs.readdirSync(directory).flatMap((name) => /^p(\d+)\.key$/.exec(name)?.[1] ?? [])
    for (const number of numbers.map(Number)) {
      if (known.has(number)) continue
      const id = `p${number}`
      const wrapped = Buffer.from(fs.readFileSync(path.join(directory, `${id}.key`), 'utf8'), 'hex')
      known.set(number, { id, secret: home.unwrap(wrapped, Buffer.from(id)) })
    }
    return [...known].sort(([a], [b]) => a - b).map(([, key]) => key)
  }

  function make(number: number): HmacKey[] {
    const id = `p${number}`
    writeOnce(path.join(directory, `${id}.key`), home.wrap(randomBytes(32), Buffer.from(id)).toString('hex'))
    return load()
  }

  let current = load().at(-1) ?? make(1).at(-1)!
  return {
    current: () => current,
    all: load,
    rotate: () => (current = make(load().length + 1).at(-1)!),
    pseudonyms: (value) => load().map((key) => pseudonym(key, value)),
  }
}
