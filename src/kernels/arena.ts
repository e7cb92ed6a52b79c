import { checkModule } from './module.ts'

const PAGE_BYTES = 65_536

/** Every view starts on a cache line, so that two threads never write to the same one. */
const ALIGNMENT = 64

/** The first page belongs to the module. */
const FIRST_BYTE = PAGE_BYTES

/** Largest memory that is asked for: 3.5 GiB, below WebAssembly's 4 GiB by a margin. */
export const MAX_MEMORY_BYTES = 3.5 * 2 ** 30

type TypedArray = Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array | BigUint64Array
type TypedArrayConstructor<View extends TypedArray> = {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): View
}

/**
 * Measures first, then hands out: a plan of aligned typed views in one memory for the kernels.
 *
 * `reserve` may be called until `allocate`; each reservation is a function that gives its view once the memory exists.
 * Another thread makes views of its own from `byteOffset` and `length`. Nothing is ever freed: one memory per job.
 */
export class Arena {
  #nextByte = FIRST_BYTE
  #memory: WebAssembly.Memory | undefined

  /** Bytes the memory will have, whole pages. */
  get sizeBytes(): number {
    return Math.ceil(this.#nextByte / PAGE_BYTES) * PAGE_BYTES
  }

  /** Reserves `length` elements; zero until written. */
  reserve<View extends TypedArray>(type: TypedArrayConstructor<View>, length: number): () => View {
    const byteOffset = this.#nextByte
    this.#nextByte = Math.ceil((byteOffset + length * type.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT
    let view: View | undefined
    return () => {
      if (!this.#memory) throw new Error('Arena: allocate() comes before views are used.')
      view ??= new type(this.#memory.buffer, byteOffset, length)
      return view
    }
  }

  /**
   * Makes the memory, exactly as large as the reservations. The caller has compared `sizeBytes` with MAX_MEMORY_BYTES.
   * @throws Error when the kernels that are to work on it are not built, or stale
   */
  allocate(): WebAssembly.Memory {
    checkModule()
    const pages = this.sizeBytes / PAGE_BYTES
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    return this.#memory
  }
}
