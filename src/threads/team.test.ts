import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { runTeam, TaskError } from './index.ts'

const module = new URL('./testing/tasks.ts', import.meta.url)
const squares = Array.from({ length: 20 }, (_, i) => i * i)

describe('runTeam', () => {
  it.each([1, 2, 7, 40])('gives the results by task number with %i threads', async (nThreads) => {
    expect(await runTeam({ module, input: { act: 'square' }, nTasks: 20, nThreads })).toEqual(squares)
  })

  it('shares memory with its threads', async () => {
    const sums = new Int32Array(new SharedArrayBuffer(4))
    await runTeam({ module, input: { act: 'square', sums }, nTasks: 20, nThreads: 2 })
    expect(sums[0]).toBe(190)
  })

  it('tells progress after each task', async () => {
    const seen: [number, number][] = []
    const work = { module, input: { act: 'square' }, nTasks: 20, nThreads: 2 }
    await runTeam(work, { progress: (done, total) => seen.push([done, total]) })
    expect(seen).toEqual(squares.map((_, i) => [i + 1, 20]))
  })

  it('passes on what tasks report', async () => {
    const seen: unknown[] = []
    const work = { module, input: { act: 'report' }, nTasks: 3, nThreads: 2 }
    await runTeam(work, { report: (value) => seen.push(value) })
    expect(seen.toSorted()).toEqual(['task 0', 'task 1', 'task 2'])
  })

  it('resolves with nothing for no tasks', async () => {
    expect(await runTeam({ module, input: { act: 'square' }, nTasks: 0, nThreads: 2 })).toEqual([])
  })

  it('rejects with the task and the cause when a task throws', async () => {
    const failing = runTeam({ module, input: { act: 'fail-at-5' }, nTasks: 20, nThreads: 2 })
    const error = await failing.catch((error: unknown) => error)
    expect(error).toBeInstanceOf(TaskError)
    expect(error).toMatchObject({ task: 5, message: 'Task 5 failed in its worker thread: five is too much' })
    expect((error as TaskError).cause).toMatchObject({ name: 'RangeError', cause: { message: 'root' } })
  })

  it('rejects when a thread cannot start its work', async () => {
    const failing = runTeam({ module, input: { act: 'fail-to-start' }, nTasks: 3, nThreads: 2 })
    await expect(failing).rejects.toThrow('A worker thread failed: no such data')
    const missing = runTeam({ module: new URL('./none.ts', import.meta.url), input: {}, nTasks: 3, nThreads: 1 })
    await expect(missing).rejects.toThrow(/Cannot find module/)
  })

  it('rejects when a thread ends before its work is done', async () => {
    const dying = runTeam({ module, input: { act: 'exit' }, nTasks: 3, nThreads: 1 })
    await expect(dying).rejects.toThrow('its threads ended after 0 of 3 tasks')
  })

  it('rejects when the progress hook throws', async () => {
    const hooks = {
      progress: () => {
        throw new Error('the listener is gone')
      },
    }
    await expect(runTeam({ module, input: { act: 'square' }, nTasks: 20, nThreads: 2 }, hooks)).rejects.toThrow(
      'the listener is gone',
    )
  })

  it('gives a task that never ends half a second after the abort, by the clock, and ends it then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const controller = new AbortController()
      const work = { module, input: { act: 'spin-after-3' }, nTasks: 20, nThreads: 2 }
      const done: number[] = []
      let error: unknown
      const running = runTeam(work, { signal: controller.signal, progress: (n) => done.push(n) }).catch(
        (reason: unknown) => (error = reason),
      )
      while (done.length < 3) await turn()
      controller.abort(new Error('the user said stop'))
      vi.advanceTimersByTime(499)
      for (let i = 0; i < 100; i++) await turn()
      expect(error).toBeUndefined()
      vi.advanceTimersByTime(1)
      expect(await running).toMatchObject({ message: 'the user said stop' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('starts nothing when it is aborted beforehand', async () => {
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(runTeam({ module, input: { act: 'spin' }, nTasks: 1, nThreads: 1 }, { signal })).rejects.toThrow(
      'too late',
    )
  })
})
