import { expect, test } from 'vitest'
import { ShadowMirror } from './shadow-mirror.ts'

test('a mirrored request is worked off after the caller went on', async () => {
  const worked: number[] = []
  const mirror = new ShadowMirror<{ nRows: number }>({
    work: async ({ nRows }) => void worked.push(nRows),
    maxRows: 10,
  })
  mirror.offer({ nRows: 1 })
  mirror.offer({ nRows: 2 })
  expect(worked).toEqual([])
  await mirror.drain()
  expect(worked).toEqual([1, 2])
})

test('beyond its bound requests are dropped and counted, and it takes new ones afterwards', async () => {
  const worked: number[] = []
  const mirror = new ShadowMirror<{ nRows: number }>({ work: async ({ nRows }) => void worked.push(nRows), maxRows: 3 })
  for (const nRows of [2, 2, 1]) mirror.offer({ nRows })
  expect(mirror.nDropped).toBe(2)
  await mirror.drain()
  mirror.offer({ nRows: 3 })
  await mirror.drain()
  expect(worked).toEqual([2, 1, 3])
})

test('work that throws is counted and the next is still done', async () => {
  const worked: number[] = []
  const mirror = new ShadowMirror<{ nRows: number }>({
    work: async ({ nRows }) => {
      if (nRows === 2) throw new Error('no')
      worked.push(nRows)
    },
    maxRows: 10,
  })
  for (const nRows of [2, 1]) mirror.offer({ nRows })
  await mirror.drain()
  expect(worked).toEqual([1])
  expect(mirror.nDropped).toBe(2)
})
