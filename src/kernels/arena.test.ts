import { describe, expect, it } from 'vitest'
import { Arena } from './index.ts'

describe('Arena', () => {
  it('hands out zeroed views on 64-byte boundaries that do not overlap', () => {
    const arena = new Arena()
    const bytes = arena.reserve(Uint8Array, 65)
    const numbers = arena.reserve(Float64Array, 3)
    const none = arena.reserve(Uint32Array, 0)
    const memory = arena.allocate()
    bytes().fill(255)
    expect([...numbers()]).toEqual([0, 0, 0])
    expect(numbers().byteOffset - bytes().byteOffset).toBe(128)
    expect(numbers().byteOffset % 64).toBe(0)
    expect(none()).toHaveLength(0)
    expect(memory.buffer.byteLength).toBe(arena.sizeBytes)
  })

  it('refuses a view before there is a memory', () => {
    const view = new Arena().reserve(Uint8Array, 1)
    expect(view).toThrow('allocate() comes before')
  })
})
