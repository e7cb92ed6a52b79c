import { describe, expect, it } from 'vitest'
import { ApiError } from '../client.ts'
import { sendFile, type UploadCalls } from './send-file.ts'

const file = new Blob(['abcdefghij'])
const refusal = (status: number, code = 'X') => new ApiError({ status, code, detail: 'no' })

/** A server that keeps what it is sent; `faults` are thrown by the first calls, `late` after the bytes were kept. */
function server({ stored = '', faults = [] as (Error | 'late' | null)[] } = {}) {
  const state = { stored, waits: [] as number[], nSent: 0 }
  const calls: UploadCalls = {
    async sendChunk(_, offset, bytes) {
      state.nSent++
      const fault = faults.shift() ?? null
      if (fault instanceof Error) throw fault
      if (offset !== state.stored.length) throw refusal(409, 'UPLOAD_OFFSET')
      state.stored += await bytes.text()
      if (fault === 'late') throw refusal(0, 'UNREACHABLE')
      return state.stored.length
    },
    askOffset: async () => state.stored.length,
    wait: async (ms) => void state.waits.push(ms),
  }
  return { state, calls }
}

function send(calls: UploadCalls, { offset = 0, signal = new AbortController().signal } = {}) {
  const offsets: number[] = []
  const done = sendFile(file, { id: 'u', offset, chunkBytes: 4 }, calls, { signal, onOffset: (at) => offsets.push(at) })
  return { done, offsets }
}

describe('sendFile', () => {
  it('sends pieces in order until all is there, telling how far it is', async () => {
    const { state, calls } = server()
    const { done, offsets } = send(calls)
    await done
    expect(state.stored).toBe('abcdefghij')
    expect(offsets).toEqual([0, 4, 8, 10])
  })

  it('goes on where the server is', async () => {
    const { state, calls } = server({ stored: 'abcdef' })
    await send(calls, { offset: 6 }).done
    expect(state.stored).toBe('abcdefghij')
    expect(state.nSent).toBe(1)
  })

  it('tries again with longer and longer waits, and sends nothing twice', async () => {
    const down = refusal(0, 'UNREACHABLE')
    const { state, calls } = server({ faults: [down, down, 'late', refusal(503)] })
    await send(calls).done
    expect(state.stored).toBe('abcdefghij')
    expect(state.waits).toEqual([1_000, 2_000, 4_000, 8_000])
  })

  it('takes the server’s word for the offset, without a wait', async () => {
    const { state, calls } = server({ stored: 'abcd' })
    await send(calls, { offset: 0 }).done
    expect(state.stored).toBe('abcdefghij')
    expect(state.waits).toEqual([])
  })

  it('gives up at once what the server refuses, and after eight failures in a row what does not get through', async () => {
    const { state, calls } = server({ faults: [refusal(403)] })
    await expect(send(calls).done).rejects.toMatchObject({ status: 403 })
    expect(state.nSent).toBe(1)
    const dead = server({ faults: Array.from({ length: 20 }, () => refusal(0)) })
    await expect(send(dead.calls).done).rejects.toMatchObject({ status: 0 })
    expect(dead.state.nSent).toBe(9)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const { state, calls } = server()
    const stopping: UploadCalls = {
      ...calls,
      sendChunk: async (...chunk) => {
        const offset = await calls.sendChunk(...chunk)
        stop.abort()
        return offset
      },
    }
    await expect(send(stopping, { signal: stop.signal }).done).rejects.toThrow('abort')
    expect(state.stored).toBe('abcd')
  })

  it('has nothing to send of an empty file', async () => {
    const { state, calls } = server()
    await sendFile(new Blob([]), { id: 'u', offset: 0, chunkBytes: 4 }, calls, {
      signal: new AbortController().signal,
      onOffset: () => {},
    })
    expect(state.nSent).toBe(0)
  })
})
