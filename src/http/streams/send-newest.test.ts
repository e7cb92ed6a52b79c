import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sendWithBackpressure } from './send-newest.ts'

/** A socket whose sent messages wait until they are let out. */
function slowSocket() {
  const waiting: { text: string; done: () => void }[] = []
  const sent: { n: number; nSkipped: number }[] = []
  const socket = {
    OPEN: 1 as const,
    readyState: 1 as 0 | 1 | 2 | 3,
    get bufferedAmount() {
      return waiting.length
    },
    send(text: string, done: () => void) {
      waiting.push({ text, done })
    },
  }
  const letOut = () => {
    const next = waiting.shift()
    if (!next) return false
    sent.push(JSON.parse(next.text))
    next.done()
    return true
  }
  return { socket: socket as never, sent, letOut, close: () => (socket.readyState = 3) }
}

const encode = (n: number, nSkipped: number) => JSON.stringify({ n, nSkipped })

describe('sendWithBackpressure', () => {
  it('sends everything to a client that keeps up', () => {
    const { socket, sent, letOut } = slowSocket()
    const send = sendWithBackpressure(socket, encode, 0)
    for (let n = 0; n < 3; n++) {
      send(n)
      letOut()
    }
    expect(sent).toEqual([0, 1, 2].map((n) => ({ n, nSkipped: 0 })))
  })

  it('goes on with the newest, and says how many it left out', () => {
    const { socket, sent, letOut } = slowSocket()
    const send = sendWithBackpressure(socket, encode, 0)
    for (let n = 0; n <= 9; n++) send(n)
    while (letOut());
    expect(sent).toEqual([
      { n: 0, nSkipped: 0 },
      { n: 9, nSkipped: 8 },
    ])
  })

  it('sends nothing after the end', () => {
    const { socket, sent, letOut, close } = slowSocket()
    const send = sendWithBackpressure(socket, encode, 0)
    for (let n = 0; n <= 9; n++) send(n)
    close()
    while (letOut());
    send(10)
    expect(sent).toEqual([{ n: 0, nSkipped: 0 }])
  })

  it('accounts for every message, whatever the rhythm, and ends with the newest', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), fc.integer({ min: 0, max: 3 }), (rhythm, limit) => {
        const { socket, sent, letOut } = slowSocket()
        const send = sendWithBackpressure(socket, encode, limit)
        let n = 0
        for (const isSend of [...rhythm, true]) {
          if (isSend) send(++n)
          else letOut()
        }
        while (letOut());
        expect(sent.reduce((sum, message) => sum + 1 + message.nSkipped, 0)).toBe(n)
        expect(sent.at(-1)?.n).toBe(n)
        expect(sent.map((message) => message.n)).toEqual(sent.map((message) => message.n).toSorted((a, b) => a - b))
      }),
    )
  })
})
