import { Arena } from '../arena.ts'
import { instantiateKernels, type Kernels } from '../module.ts'

type View = Uint8Array | Uint32Array | Float32Array | Float64Array | BigUint64Array

/** Copies arrays into a new memory of the kernels; the views returned are the copies. */
export function place<Arrays extends Record<string, View>>(arrays: Arrays): { kernels: Kernels; at: Arrays } {
  const arena = new Arena()
  const reserved = Object.entries(arrays).map(([name, array]) => {
    const type = array.constructor as Parameters<typeof arena.reserve<View>>[0]
    return { name, array, view: arena.reserve(type, array.length) }
  })
  const kernels = instantiateKernels(arena.allocate())
  const placed = reserved.map(({ name, array, view }) => {
    const target = view()
    target.set(array as never)
    return [name, target]
  })
  return { kernels, at: Object.fromEntries(placed) as Arrays }
}
