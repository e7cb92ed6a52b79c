import { readdirSync, readFileSync } from 'node:fs'

/** Where the sources of the WebAssembly module lie, with a slash at the end. */
const SOURCES = new URL('./wasm/', import.meta.url)

/** The custom section of `build/kernels.wasm` that says which sources it was built from. */
const DIGEST_SECTION = 'assay-sources'

/**
 * Tells one state of the kernels' sources from another: FNV-1a over the names and bytes of all files, 8 hexadecimal digits. It is
 * no protection from anybody. O(bytes), 1 to 2 ms.
 * @returns undefined where there are no sources, as in an installation without them
 */
export function sourceDigest(folder: URL = SOURCES): string | undefined {
  let names: string[]
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return undefined
  }
  const sources = names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.ts'))
  let hash = 0x811c9dc5
  const add = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
  }
  for (const name of sources.sort()) {
    add(new TextEncoder().encode(`${name}\n`))
    add(readFileSync(new URL(name, folder)))
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** The section as bytes. Both name and digest are shorter than 128 bytes. */
function sectionOf(digest: string): Uint8Array {
  const [name, content] = [DIGEST_SECTION, digest].map((text) => new TextEncoder().encode(text))
  return Uint8Array.of(0, 1 + name.length + content.length, name.length, ...name, ...content)
}

/** The module with a section that holds the digest, behind all others. */
export function withDigest(module: Uint8Array, digest: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...module, ...sectionOf(digest))
}

/** The digest that `withDigest` wrote into a module; undefined where it has none. O(1): nothing is compiled. */
export function digestIn(module: Uint8Array): string | undefined {
  const { length } = sectionOf('00000000')
  const tail = new TextDecoder().decode(module.subarray(-length))
  const [, digest] = tail.split(DIGEST_SECTION)
  return digest
}
