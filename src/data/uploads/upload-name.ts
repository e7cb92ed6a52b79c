import { AssayError } from '../../errors/index.ts'

const MAX_NAME_BYTES = 255

/**
 * A file's name as a person may see it again. It never names a file on this machine; one that tries to is refused rather than
 * mended, since nobody's file is called so.
 * @throws UPLOAD_NAME_INVALID
 */
export function checkUploadName(given: string): string {
  const name = given.normalize('NFC').trim()
  const reason = faultOf(name)
  if (reason) throw new AssayError('UPLOAD_NAME_INVALID', { given: JSON.stringify(given.slice(0, 100)), reason })
  return name
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (/[/\\]/.test(name)) return 'it names a folder'
  if (name === '.' || name === '..') return 'it names a folder'
  if (/\p{Cc}|\p{Cf}/u.test(name)) return 'it has control characters'
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `it is longer than ${MAX_NAME_BYTES} bytes`
  return undefined
}
