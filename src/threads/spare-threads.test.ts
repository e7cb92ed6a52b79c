import { once } from 'node:events'
import os from 'node:os'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runTeam } from './index.ts'
import { leaveThread, takeThread } from './spare-threads.ts'

const module = new URL('./testing/tasks.ts', import.meta.url)

type Told = { threadId: number; isGone: boolean }

/** What the only thread of a team tells of itself. */
async function askThread(): Promise<Told> {
  let told: unknown
  const work = { module, input: { act: 'tell-thread' }, nTasks: 1, nThreads: 1 }
  await runTeam(work, { report: (value) => (told = value) })
  return told as Told
}

describe('a thread that is done', () => {
  it('works for the next team, and has let go of what the last one gave it', async () => {
    const first = await askThread()
    expect(await askThread()).toEqual({ threadId: first.threadId, isGone: true })
  })

  it('does not after its team failed', async () => {
    const { threadId } = await askThread()
    const failing = runTeam({ module, input: { act: 'fail-at-5' }, nTasks: 6, nThreads: 1 })
    await expect(failing).rejects.toThrow('five is too much')
    expect((await askThread()).threadId).not.toBe(threadId)
  })

  it('ends when nobody takes it for a second, by the clock', async () => {
    const worker = takeThread()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    leaveThread(worker)
    vi.advanceTimersByTime(999)
    expect(takeThread()).toBe(worker)
    leaveThread(worker)
    vi.advanceTimersByTime(1000)
    const ended = once(worker, 'exit')
    const other = takeThread()
    expect(other).not.toBe(worker)
    await ended
    await other.terminate()
  })

  it('is forgotten when it ends by itself', async () => {
    const worker = takeThread()
    leaveThread(worker)
    await worker.terminate()
    const other = takeThread()
    expect(other).not.toBe(worker)
    await other.terminate()
  })

  it('is kept as long as there are no more of them than processors', async () => {
    const nProcessors = os.availableParallelism()
    const workers = Array.from({ length: nProcessors + 2 }, takeThread)
    workers.forEach(leaveThread)
    const taken = workers.map(takeThread)
    expect(taken.filter((worker) => workers.includes(worker))).toEqual(workers.slice(0, nProcessors).toReversed())
    await Promise.all(taken.map((worker) => worker.terminate()))
  })
})
