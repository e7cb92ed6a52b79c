import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Bytes that encryption adds. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES

/**
 * AES-256-GCM with a random nonce: nonce, tag, ciphertext. Source: NIST SP 800-38D; random nonces of 96 bits allow 2³² texts a key.
 * @param key   32 bytes
 * @param bound what the text belongs to: it can be opened only beside the same
 */
export function encrypt(key: Buffer, plain: Uint8Array, bound: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  const text = cipher.update(plain)
  const rest = cipher.final()
  return Buffer.concat([nonce, cipher.getAuthTag(), text, rest])
}

/** The text that `encrypt` was given. Throws when key, text or `bound` are not the same. */
export function decrypt(key: Buffer, sealed: Buffer, bound: Uint8Array): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound)
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, SEAL_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(SEAL_BYTES)), decipher.final()])
}
