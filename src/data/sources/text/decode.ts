import fs from 'node:fs'
import type { Encoding } from './encoding.ts'

/** The characters of a file, piece by piece; without the byte-order mark. Bytes that are no character become U+FFFD. */
export async function* decodeFile(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 2 ** 20 }))
    yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}
