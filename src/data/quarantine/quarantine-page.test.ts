import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { QuarantinedRow } from '../validation/violation.ts'
import { readQuarantinePage } from './quarantine-page.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-quarantine-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const write = (rows: QuarantinedRow[]) => {
  const file = path.join(folder, `${rows.length}-${Math.round(performance.now() * 1e6)}.jsonl`)
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return file
}
const row = (i: number, more: Partial<QuarantinedRow> = {}): QuarantinedRow => ({
  row: i,
  reasons: [
    { code: 'RANGE_BREACH', column: i % 3 ? 'a' : 'b:c', message: 'x' },
    ...(i % 10 ? [] : [{ code: 'RULE_BROKEN' as const, column: null, message: 'y' }]),
  ],
  values: { a: `ä${i}`, b: null },
  ...more,
})

async function allPages(file: string, request: { limit: number; reason?: string }): Promise<QuarantinedRow[][]> {
  const pages: QuarantinedRow[][] = []
  let after: string | undefined
  do {
    const page = await readQuarantinePage(file, { ...request, after })
    pages.push(page.items)
    after = page.nextCursor ?? undefined
  } while (after !== undefined)
  return pages
}

describe('pages of a quarantine', () => {
  const rows = Array.from({ length: 25 }, (_, i) => row(i))

  test.each([1, 7, 25, 100])('of %i hold every row once, in order', async (limit) => {
    const pages = await allPages(write(rows), { limit })
    expect(pages.flat()).toEqual(rows)
    expect(pages).toHaveLength(Math.ceil(25 / limit))
  })

  it('of nothing is one empty page', async () => {
    expect(await readQuarantinePage(write([]), { limit: 5 })).toEqual({ items: [], nextCursor: null })
  })

  test.each([
    ['RULE_BROKEN', [0, 10, 20]],
    ['RANGE_BREACH:b:c', [0, 3, 6, 9, 12, 15, 18, 21, 24]],
    ['RANGE_BREACH:nothing', []],
    ['KEY_DUPLICATE', []],
  ])('of the reason %s', async (reason, wanted) => {
    const pages = await allPages(write(rows), { limit: 4, reason })
    expect(pages.flat().map((one) => one.row)).toEqual(wanted)
  })

  it('hold rows longer than what is read at a time', async () => {
    const long = [row(0, { values: { a: 'x'.repeat(600_000) } }), row(1)]
    expect((await allPages(write(long), { limit: 1 })).flat()).toEqual(long)
  })

  it('end early where a rare reason is far away, and go on from there', async () => {
    const filler = Array.from({ length: 40 }, (_, i) => row(i * 10 + 1, { values: { a: 'x'.repeat(500_000) } }))
    const file = write([...filler, row(500)])
    const first = await readQuarantinePage(file, { limit: 5, reason: 'RULE_BROKEN' })
    expect(first.items).toEqual([])
    expect(first.nextCursor).not.toBeNull()
    expect((await allPages(file, { limit: 5, reason: 'RULE_BROKEN' })).flat().map((one) => one.row)).toEqual([500])
  })

  test.each(['-1', '0', '3', 'abc', '99999999', ''])('after %j are CURSOR_INVALID', async (after) => {
    await expect(readQuarantinePage(write(rows), { limit: 5, after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})
