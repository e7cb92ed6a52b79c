import { expect, test, vi } from 'vitest'
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts'

/** A store whose writes end when the test says so. */
function store(options: Partial<GroupCommitOptions<string>> = {}) {
  const writes: { rows: string[]; succeed(): void; fail(error: Error): void }[] = []
  const commits = new GroupCommit<string>({
    write: (rows) =>
      new Promise<void>((resolve, reject) =>
        writes.push({ rows, succeed: () => resolve(), fail: (error) => reject(error) }),
      ),
    windowMs: 1,
    nWriters: 2,
    maxRowsPerWrite: 4,
    maxRows: 100,
    maxBytes: 1_000,
    ...options,
  })
  const nthWrite = (n: number) => vi.waitUntil(() => writes[n], { interval: 1 })
  return { commits, writes, nthWrite }
}

test('what is appended within the window shares one write', async () => {
  const { commits, writes, nthWrite } = store()
  const answers = Promise.all([commits.append(['a'], 1), commits.append(['b'], 1), commits.append(['c'], 1)])
  ;(await nthWrite(0)).succeed()
  await answers
  expect(writes.map((write) => write.rows)).toEqual([['a', 'b', 'c']])
})

test('an append settles after the write of its own rows and not before', async () => {
  const { commits, nthWrite } = store({ maxRowsPerWrite: 1 })
  const settled: string[] = []
  const first = commits.append(['a'], 1).then(() => settled.push('a'))
  const second = commits.append(['b'], 1).then(() => settled.push('b'))
  const write = await nthWrite(1)
  expect(settled).toEqual([])
  write.succeed()
  await second
  expect(settled).toEqual(['b'])
  ;(await nthWrite(0)).succeed()
  await first
})

test('no more writes are under way than there are writers; what waits leaves with the next free one', async () => {
  const { commits, writes, nthWrite } = store({ nWriters: 1 })
  const first = commits.append(['a'], 1)
  const { succeed } = await nthWrite(0)
  vi.useFakeTimers()
  const rest = Promise.all([commits.append(['b'], 1), commits.append(['c'], 1)])
  await vi.advanceTimersByTimeAsync(10) // longer than the window: the writer is what they wait for
  vi.useRealTimers()
  expect(writes).toHaveLength(1)
  succeed()
  await first
  ;(await nthWrite(1)).succeed()
  await rest
  expect(writes[1].rows).toEqual(['b', 'c'])
})

test('rows beyond one write go in several and the append waits for all of them', async () => {
  const { commits, writes, nthWrite } = store({ maxRowsPerWrite: 2 })
  let isSettled = false
  const append = commits.append(['a', 'b', 'c', 'd', 'e'], 5).then(() => (isSettled = true))
  ;(await nthWrite(0)).succeed()
  ;(await nthWrite(1)).succeed()
  const last = await nthWrite(2)
  expect(isSettled).toBe(false)
  last.succeed()
  await append
  expect(writes.map((write) => write.rows)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})

test('a failed write fails exactly those who shared it', async () => {
  const { commits, nthWrite } = store({ maxRowsPerWrite: 2 })
  const lost = Promise.allSettled([commits.append(['a'], 1), commits.append(['b'], 1)])
  const kept = commits.append(['c'], 1)
  ;(await nthWrite(1)).succeed()
  ;(await nthWrite(0)).fail(new Error('connection lost'))
  await kept
  expect((await lost).map((result) => result.status)).toEqual(['rejected', 'rejected'])
})

test('a row at fault does not take its neighbours with it', async () => {
  const { commits, nthWrite, writes } = store({ isRowFault: (error) => (error as Error).message === 'bad row' })
  const results = Promise.allSettled([
    commits.append(['good'], 1),
    commits.append(['bad'], 1),
    commits.append(['fine'], 1),
  ])
  ;(await nthWrite(0)).fail(new Error('bad row'))
  ;(await nthWrite(1)).succeed()
  ;(await nthWrite(2)).fail(new Error('bad row'))
  ;(await nthWrite(3)).succeed()
  expect((await results).map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(writes.map((write) => write.rows)).toEqual([['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']])
})

test.each([
  ['rows', { maxRows: 2 }],
  ['bytes', { maxBytes: 2 }],
])('beyond the bound in %s an append is refused at once, and room comes back with the writes', async (_, bound) => {
  const { commits, nthWrite } = store(bound)
  const full = Promise.all([commits.append(['a'], 1), commits.append(['b'], 1)])
  expect(commits.fill).toBe(1)
  await expect(commits.append(['c'], 1)).rejects.toMatchObject({ code: 'PREDICTION_LOG_FULL', kind: 'unavailable' })
  ;(await nthWrite(0)).succeed()
  await full
  await commits.drain()
  expect(commits.fill).toBe(0)
  const next = commits.append(['c'], 1)
  ;(await nthWrite(1)).succeed()
  await next
})

test('drain waits for what waits and for what is being written', async () => {
  const { commits, nthWrite } = store({ maxRowsPerWrite: 1, nWriters: 1 })
  const appended = Promise.all([commits.append(['a'], 1), commits.append(['b'], 1)])
  let isDrained = false
  const drained = commits.drain().then(() => (isDrained = true))
  ;(await nthWrite(0)).succeed()
  const last = await nthWrite(1)
  expect(isDrained).toBe(false)
  last.succeed()
  await Promise.all([appended, drained])
})
