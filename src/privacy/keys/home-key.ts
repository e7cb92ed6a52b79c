import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import { decrypt, encrypt } from './cipher.ts'
import { writeOnce } from './write-once.ts'

/** The key over all keys: other secrets are stored wrapped in it or derived from it. */
export type HomeKey = {
  /** @param bound what the secret is for; it can be unwrapped only for the same */
  wrap(secret: Buffer, bound: Uint8Array): Buffer
  /** @throws KEY_DAMAGED */
  unwrap(wrapped: Buffer, bound: Uint8Array): Buffer
  /** 32 bytes for one purpose, always the same. Source: HKDF-SHA-256, RFC 5869. */
  derive(purpose: string): Buffer
}

/**
 * Opens the home key: the one given (64 hex digits), else the one in `home.key`, which is made at the first start with mode 0600.
 * A fingerprint in `home.check` tells a wrong key at once, before anything is wrapped in it.
 * @throws HOME_KEY_WRONG, HOME_KEY_MISSING
 */
export function openHomeKey(directory: string, given?: string): HomeKey {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  const secret = given ? Buffer.from(given, 'hex') : readOrMake(directory)
  const check = path.join(directory, 'home.check')
  const fingerprint = createHmac('sha256', secret).update('assay home key').digest('hex')
  if (!writeOnce(check, fingerprint) && fs.readFileSync(check, 'utf8') !== fingerprint)
    throw new AssayError('HOME_KEY_WRONG', { directory })
  const wrapping = derive(secret, 'wrap')
  return {
    wrap: (plain, bound) => encrypt(wrapping, plain, bound),
    unwrap(wrapped, bound) {
      try {
        return decrypt(wrapping, wrapped, bound)
      } catch (cause) {
        throw new AssayError('KEY_DAMAGED', { directory }, { cause })
      }
    },
    derive: (purpose) => derive(secret, purpose),
  }
}

function readOrMake(directory: string): Buffer {
  const file = path.join(directory, 'home.key')
  // With a fingerprint there was a key before: a new one would open nothing of what is stored.
  if (!fs.existsSync(file) && fs.existsSync(path.join(directory, 'home.check')))
    throw new AssayError('HOME_KEY_MISSING', { file })
  writeOnce(file, randomBytes(32).toString('hex'))
  const text = fs.readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new AssayError('HOME_KEY_WRONG', { directory })
  return Buffer.from(text, 'hex')
}

const derive = (secret: Buffer, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `assay ${purpose}`, 32))
