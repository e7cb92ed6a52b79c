import { createHash, createHmac } from 'node:crypto'

/** A key for pseudonyms and digests. The id is public and stands before everything made with it, so that keys can be changed. */
export type HmacKey = { id: string; secret: Buffer }

const BLOCK_BYTES = 64

/**
 * The pseudonym of a value: key id, colon, HMAC-SHA-256 in hex over its UTF-8 bytes. The same value has the same pseudonym under the
 * same key, in SQL (`policyExpression`) and here; without the key nobody can tell or try out whose it is.
 */
export function pseudonym(key: HmacKey, value: string): string {
  return `${key.id}:${createHmac('sha256', key.secret).update(value, 'utf8').digest('hex')}`
}

/**
 * What the session variable of a DuckDB connection has to hold for `pseudonymise`: key id, colon, the inner and the outer block of
 * HMAC (RFC 2104) in hex. Bind it (`set variable pseudonym_key = $1`): it is as secret as the key and belongs in no SQL text.
 */
export function pseudonymVariable({ id, secret }: HmacKey): string {
  const block = Buffer.alloc(BLOCK_BYTES)
  const short = secret.length > BLOCK_BYTES ? createHash('sha256').update(secret).digest() : secret
  short.copy(block)
  const pad = (byte: number) => Buffer.from(block.map((value) => value ^ byte)).toString('hex')
  return `${id}:${pad(0x36)}${pad(0x5c)}`
}

/** SQL of the pseudonym of a text expression, null for null; the key comes from the session variable. */
export function pseudonymSql(text: string, keyVariable: string): string {
  const variable = `getvariable('${keyVariable.replaceAll("'", "''")}')::varchar`
  const blocks = `split_part(${variable}, ':', 2)`
  const inner = `unhex(${blocks}[1:128])`
  const outer = `unhex(${blocks}[129:256])`
  return `split_part(${variable}, ':', 1) || ':' || sha256(${outer} || unhex(sha256(${inner} || encode(${text}))))`
}
