import fs from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, databaseUrl } from '../../../test/database.ts'
import { openSource } from './open-source.ts'
import { testFolder, writeParquet } from './landed.fixture.ts'
import type { SourceSpec } from './spec.ts'
import { testSource } from './test-source.ts'

const folder = testFolder()
const work = `${folder.path}/work`
fs.mkdirSync(work)
let database: Awaited<ReturnType<typeof createTestDatabase>>
let env: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  env = { CLAIMS_URL: databaseUrl(database.connection), WRONG_URL: 'postgres://me:secret@127.0.0.1:1/claims' }
})
afterAll(() => database.close())

const test = (spec: SourceSpec) => testSource(spec, { directory: work, env })

describe('a source that can be read', () => {
  it('shows its columns and first five rows, whatever its kind', async () => {
    const csv = folder.write(`n,at\n${Array.from({ length: 9 }, (_, i) => `${i},x`).join('\n')}\n`, 'a.csv')
    expect(await test({ kind: 'csv', path: csv })).toMatchObject({
      isReadable: true,
      columns: [{ name: 'n' }, { name: 'at' }],
      rows: [0, 1, 2, 3, 4].map((n) => [String(n), 'x']),
      warnings: [],
      facts: { kind: 'csv', location: csv },
    })
    const select = `select range as n, date '2024-02-29' as day, timestamp '2024-02-29 12:00:00' as at from range(9)`
    const parquet = await writeParquet(select, `${folder.path}/a.parquet`)
    const rows = [0, 1, 2, 3, 4].map((n) => [n, '2024-02-29', '2024-02-29T12:00:00.000Z'])
    expect(await test({ kind: 'parquet', path: parquet })).toMatchObject({ isReadable: true, rows })
    const query = `select n, date '2024-02-29' as day, timestamp '2024-02-29 12:00:00' as at from generate_series(0, 8) n`
    expect(await test({ kind: 'postgres', urlEnv: 'CLAIMS_URL', query })).toMatchObject({ isReadable: true, rows })
    const jsonl = folder.write('{"a":1}\n{"a":2}\n', 'a.jsonl')
    expect(await test({ kind: 'jsonl', path: jsonl })).toMatchObject({ isReadable: true, rows: [[1], [2]] })
    expect(fs.readdirSync(work)).toEqual([])
  })
})

describe('a source that cannot', () => {
  it('says why, and no password', async () => {
    expect(await test({ kind: 'csv', path: `${folder.path}/none.csv` })).toMatchObject({ code: 'NOT_FOUND' })
    const unreachable = await test({ kind: 'postgres', urlEnv: 'WRONG_URL', query: 'select 1' })
    expect(unreachable).toEqual({
      isReadable: false,
      code: 'SOURCE_UNREACHABLE',
      message: 'The source postgres://127.0.0.1:1/claims cannot be reached: nothing listens there.',
    })
    expect(await test({ kind: 'postgres', urlEnv: 'CLAIMS_URL', query: 'select 1 from\nnone' })).toMatchObject({
      code: 'QUERY_INVALID',
      message: expect.stringContaining('line 2, column 1'),
    })
    expect(fs.readdirSync(work)).toEqual([])
  })

  it('says that it takes too long', async () => {
    const spec: SourceSpec = { kind: 'postgres', urlEnv: 'CLAIMS_URL', query: 'select pg_sleep(0.3)' }
    // In a folder of its own: what was left behind is cleared away a moment later.
    const slow = await testSource(spec, { directory: folder.path, env, deadlineMs: 20 })
    expect(slow).toEqual({ isReadable: false, code: 'SOURCE_SLOW', message: expect.stringContaining('20 ms') })
  })
})

describe('an open source', () => {
  it('gives its rows in batches, in order, as often as asked', async () => {
    const path = folder.write(`n\n${Array.from({ length: 5_000 }, (_, i) => i).join('\n')}\n`, 'long.csv')
    const source = await openSource({ kind: 'csv', path }, { directory: work })
    for (let time = 0; time < 2; time++) {
      const seen: unknown[] = []
      for await (const { nRows, columns } of source.batches()) {
        expect(nRows).toBeLessThanOrEqual(2_048)
        seen.push(...columns[0])
      }
      expect(seen).toEqual(Array.from({ length: 5_000 }, (_, i) => String(i)))
    }
    await source.close()
    expect(fs.readdirSync(work)).toEqual([])
  })

  it('says of a broken row where it is, in batches too', async () => {
    const path = folder.write('a,b\n1,2\n3\n', 'broken.csv')
    const source = await openSource({ kind: 'csv', path }, { directory: work })
    await expect(source.batches()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'ROW_BROKEN' })
    await source.close()
  })

  // The device that is always full is there on Linux only.
  it.runIf(fs.existsSync('/dev/full'))('says that the disk is full, not that the file is broken', async () => {
    const source = await openSource({ kind: 'csv', path: folder.write('a,b\n1,2\n', 'a.csv') }, { directory: work })
    await expect(source.writeParquet('/dev/full')).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    await source.close()
  })
})
