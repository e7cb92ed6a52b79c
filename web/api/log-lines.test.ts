import { array, assert, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterLogLines, mergeLogLines } from './log-lines.ts'
import type { LogLine } from './types.ts'

const line = (seq: number, over: Partial<LogLine> = {}): LogLine => ({
  seq,
  at: '2026-03-01T10:00:00.000Z',
  step: 'tests',
  level: 'info',
  text: `line ${seq}`,
  ...over,
})

describe('mergeLogLines', () => {
  it('gives the same lines back when nothing came, so that nothing is drawn anew', () => {
    const known = [line(1)]
    expect(mergeLogLines(known, [])).toBe(known)
  })
  it('keeps the newest when there are too many', () => {
    expect(mergeLogLines([line(1), line(2)], [line(3)], 2).map((l) => l.seq)).toEqual([2, 3])
  })
  it('holds each line once and ascending, in whatever batches they come', () => {
    assert(
      property(array(array(nat(60))), (batches) => {
        const merged = batches.reduce<LogLine[]>(
          (known, batch) =>
            mergeLogLines(
              known,
              batch.map((seq) => line(seq)),
            ),
          [],
        )
        expect(merged.map((l) => l.seq)).toEqual([...new Set(batches.flat())].toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('filterLogLines', () => {
  const lines = [line(1, { level: 'debug' }), line(2, { step: 'log' }), line(3, { level: 'error', text: 'Boom' })]
  const seqs = (filter: Parameters<typeof filterLogLines>[1]) => filterLogLines(lines, filter).map((l) => l.seq)

  it('shows all without a filter', () => expect(seqs({ steps: null, atLeast: 'debug', text: ' ' })).toEqual([1, 2, 3]))
  it('shows one step', () => expect(seqs({ steps: ['log'], atLeast: 'debug', text: '' })).toEqual([2]))
  it('shows a level and worse', () => expect(seqs({ steps: null, atLeast: 'warn', text: '' })).toEqual([3]))
  it('finds text whatever its case', () => expect(seqs({ steps: null, atLeast: 'debug', text: 'bOOm' })).toEqual([3]))
})
