import { describe, expect, it } from 'vitest'
import { MemoryShares, type MemoryShare, type MemoryWait } from './memory-shares.ts'

const never = new AbortController().signal

/** Asks, and tells what becomes of it. */
function ask(shares: MemoryShares, name: string, bytes: number, signal = never) {
  const seen: { wait?: MemoryWait; share?: MemoryShare; error?: unknown } = {}
  const end = shares.take({ name, bytes }, { signal, onWait: (wait) => (seen.wait = wait) }).then(
    (share) => (seen.share = share),
    (error: unknown) => (seen.error = error),
  )
  return { seen, end }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('memory that branches share', () => {
  it('is given to as many at once as fit together', async () => {
    const shares = new MemoryShares(() => 100)
    const [a, b] = [ask(shares, 'a', 60), ask(shares, 'b', 40)]
    await settled()
    expect(a.seen.share).toMatchObject({ limitBytes: 100, isAlone: true })
    expect(b.seen.share).toMatchObject({ limitBytes: 40, isAlone: false })
    expect([a.seen.wait, b.seen.wait]).toEqual([undefined, undefined])
  })

  it('is given to one after the other where they do not fit, in the order of asking', async () => {
    const shares = new MemoryShares(() => 100)
    const [a, b, c, d] = [ask(shares, 'a', 60), ask(shares, 'b', 50), ask(shares, 'c', 40), ask(shares, 'd', 20)]
    await settled()
    expect(b.seen.wait).toEqual({ freeBytes: 40, limitBytes: 100, holders: ['a'] })
    // There would be room, but b asked first.
    expect([b, c, d].map(({ seen }) => seen.share)).toEqual([undefined, undefined, undefined])
    a.seen.share!.giveBack()
    await settled()
    expect(b.seen.share).toMatchObject({ limitBytes: 60 })
    expect(c.seen.share).toMatchObject({ limitBytes: 50 })
    expect(d.seen.share).toBeUndefined()
    c.seen.share!.giveBack()
    await settled()
    expect(d.seen.share).toMatchObject({ limitBytes: 50, isAlone: false })
  })

  it('is given whole to one that asks for more than there is, once it is alone', async () => {
    const shares = new MemoryShares(() => 100)
    const [a, b] = [ask(shares, 'a', 10), ask(shares, 'b', Infinity)]
    await settled()
    expect(b.seen.share).toBeUndefined()
    a.seen.share!.giveBack()
    await settled()
    expect(b.seen.share).toMatchObject({ limitBytes: 100, isAlone: true })
    const c = ask(shares, 'c', 1)
    await settled()
    expect(c.seen.wait).toEqual({ freeBytes: 0, limitBytes: 100, holders: ['b'] })
    b.seen.share!.giveBack()
    await settled()
    expect(c.seen.share).toMatchObject({ limitBytes: 100 })
  })

  it('lets those behind one that was cancelled go on', async () => {
    const shares = new MemoryShares(() => 100)
    const cancel = new AbortController()
    const a = ask(shares, 'a', 60)
    const [b, c] = [ask(shares, 'b', 90, cancel.signal), ask(shares, 'c', 40)]
    await settled()
    expect(c.seen.share).toBeUndefined()
    cancel.abort(new Error('cancelled'))
    await settled()
    expect(b.seen.error).toMatchObject({ message: 'cancelled' })
    expect(c.seen.share).toMatchObject({ limitBytes: 40 })
    await expect(ask(shares, 'd', 1, AbortSignal.abort(new Error('too late'))).end).resolves.toMatchObject({
      message: 'too late',
    })
    a.seen.share!.giveBack()
  })

  it('is measured anew when nobody holds or waits for any, and given back once', async () => {
    let available = 100
    const shares = new MemoryShares(() => available)
    const a = ask(shares, 'a', 50)
    const b = ask(shares, 'b', 60)
    await settled()
    // What a took is still missing on the machine when b begins; b is not to suffer from that.
    available = 50
    a.seen.share!.giveBack()
    a.seen.share!.giveBack()
    await settled()
    expect(b.seen.share).toMatchObject({ limitBytes: 100 })
    b.seen.share!.giveBack()
    const c = ask(shares, 'c', 10)
    await settled()
    expect(c.seen.share).toMatchObject({ limitBytes: 50 })
  })
})
