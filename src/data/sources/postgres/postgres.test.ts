import fs from 'node:fs'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { createTestDatabase, databaseUrl } from '../../../../test/database.ts'
import type { AssayError } from '../../../errors/index.ts'
import { landSource } from '../land-source.ts'
import { readLanded, testFolder } from '../landed.fixture.ts'

const folder = testFolder()
const directory = `${folder.path}/landed`
let database: Awaited<ReturnType<typeof createTestDatabase>>
let env: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  env = { CLAIMS_URL: databaseUrl(database.connection) }
  await database.db.$client.query(`create table claim (id int, name text); insert into claim values (1, 'a'), (2, 'b')`)
})
afterAll(() => database.close())

const land = (query: string, options: { env?: Record<string, string>; timeoutMs?: number; maxRows?: number } = {}) => {
  const { timeoutMs, maxRows } = options
  const spec = { kind: 'postgres' as const, urlEnv: 'CLAIMS_URL', query, timeoutMs }
  return landSource(spec, { directory, env: options.env ?? env, maxRows })
}

describe('a query', () => {
  it('lands every type as one of six, exactly', async () => {
    const landed = await land(`select true as flag, 7::int2 as small, 9007199254740991::int8 as exact,
      9007199254740993::int8 as big, 1.25::numeric(9, 2) as money, 'NaN'::float8 as no_number, 1e300::float8 as large,
      'ä, "x"'::text as text, ''::text as blank, null::text as nothing, date '2024-02-29' as day,
      timestamp '2024-02-29 12:00:00.5' as moment, timestamptz '2024-02-29 12:00:00+02' as instant,
      '{"a": 1}'::jsonb as json, array[1, 2] as list, E'line\\nbreak' as lines`)
    expect(Object.fromEntries(landed.columns.map(({ name, type }) => [name, type]))).toEqual({
      flag: 'boolean',
      small: 'integer',
      exact: 'integer',
      big: 'text',
      money: 'number',
      no_number: 'number',
      large: 'number',
      text: 'text',
      blank: 'text',
      nothing: 'text',
      day: 'date',
      moment: 'timestamp',
      instant: 'timestamp',
      json: 'text',
      list: 'text',
      lines: 'text',
    })
    const times = [new Date('2024-02-29'), new Date('2024-02-29T12:00:00.5Z'), new Date('2024-02-29T10:00:00Z')]
    const texts = ['{"a": 1}', '{1,2}', 'line\nbreak']
    const numbers = [9007199254740991, '9007199254740993', 1.25, null, 1e300]
    expect(await readLanded(landed)).toEqual([[true, 7, ...numbers, 'ä, "x"', '', null, ...times, ...texts]])
  })

  it('keeps the order of many rows, more than a page of the cursor', async () => {
    const landed = await land('select 5000 - n as n from generate_series(1, 5000) n order by 1 desc')
    expect((await readLanded(landed)).map(([n]) => n)).toEqual(Array.from({ length: 5_000 }, (_, i) => 4_999 - i))
  })

  it('fetches no more rows than asked for', async () => {
    const landed = await land('select n / (1500 - n) as n from generate_series(1, 100000) n', { maxRows: 1_000 })
    expect(landed.nRows).toBe(1_000)
  })

  it('says where the rows came from, without user and password', async () => {
    const { source } = await land('select 1 as a')
    expect(source).toMatchObject({ kind: 'postgres', sizeBytes: null, sha256: null, query: 'select 1 as a' })
    expect(source.location).toMatch(/^postgres:\/\/[^@]+\/test_\w+$/)
  })

  it('names repeated columns apart', async () => {
    const landed = await land('select 1 as a, 2 as a')
    expect(landed.columns.map(({ name }) => name)).toEqual(['a', 'a_1'])
    expect(landed.warnings.map(({ code }) => code)).toEqual(['COLUMN_RENAMED'])
  })
})

describe('what is refused', () => {
  const nothingStays = () => expect(fs.readdirSync(directory).filter((name) => name.startsWith('landing-'))).toEqual([])

  test.each<[string, string, string, string[]]>([
    ['no table', 'select *\nfrom nowhere', 'QUERY_INVALID', ['line 2, column 6', 'relation "nowhere" does not exist']],
    [
      'no column',
      'select nothing from claim',
      'QUERY_INVALID',
      ['line 1, column 8', 'column "nothing" does not exist'],
    ],
    ['bad grammar', 'selec 1', 'QUERY_INVALID', ['line 1, column 1', 'syntax error']],
    ['two statements', 'select 1; select 2', 'QUERY_INVALID', ['multiple commands']],
    ['an attempt to write', 'delete from claim returning *', 'QUERY_INVALID', ['read-only transaction']],
    ['a write in a query', 'with d as (delete from claim returning *) select * from d', 'QUERY_INVALID', ['read-only']],
    ['no rows', 'select * from claim where false', 'SOURCE_EMPTY', ['the query gives no rows']],
    ['no columns', 'select from claim', 'SOURCE_EMPTY', ['the query gives no columns']],
  ])('%s', async (_, query, code, words) => {
    const error: AssayError = await land(query).then(
      () => expect.unreachable(),
      (thrown: AssayError) => thrown,
    )
    expect(error.code).toBe(code)
    for (const word of words) expect(error.message).toContain(word)
    nothingStays()
  })

  it('a query that fails over a value, which is not in what may be kept', async () => {
    const failing = land('select name::int from claim')
    await expect(failing).rejects.toMatchObject({ code: 'QUERY_FAILED', message: expect.stringContaining('22P02') })
    await expect(failing).rejects.toThrow('"a"')
    await expect(failing).rejects.toMatchObject({ messageToKeep: expect.not.stringContaining('"a"') })
  })

  it('a query that takes too long', async () => {
    await expect(land('select pg_sleep(30)', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
      message: expect.stringContaining('took too long'),
    })
  })

  it('rows that are still there: nothing was written', async () => {
    expect((await database.db.$client.query('select count(*)::int as n from claim')).rows).toEqual([{ n: 2 }])
  })

  test.each<[string, Record<string, string>, string]>([
    ['no variable', {}, 'CLAIMS_URL, which the source names, is not set'],
    ['no address', { CLAIMS_URL: 'secret' }, 'is not an address'],
    ['another address', { CLAIMS_URL: 'mysql://u:secret@h/d' }, 'is not an address'],
  ])('%s in the environment', async (_, given, words) => {
    const failing = land('select 1', { env: given })
    await expect(failing).rejects.toMatchObject({ code: 'SOURCE_ENV_INVALID', message: expect.stringContaining(words) })
    await expect(failing).rejects.toThrow(expect.not.stringContaining('secret'))
  })

  it('a server that is not there', async () => {
    const failing = land('select 1', { env: { CLAIMS_URL: 'postgres://me:secret@127.0.0.1:1/claims' } })
    await expect(failing).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' })
    await expect(failing).rejects.toThrow('postgres://127.0.0.1:1/claims cannot be reached: nothing listens there')
  })

  it('a wrong password, of which nothing is said', async () => {
    const server = await refuseLogins('28P01', 'password authentication failed for user "me"')
    const failing = land('select 1', { env: { CLAIMS_URL: `postgres://me:secret@127.0.0.1:${server.port}/claims` } })
    await expect(failing).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
    await expect(failing).rejects.toThrow('the password or the user is wrong')
    await expect(failing).rejects.toThrow(expect.not.stringMatching(/secret|me:/))
    server.close()
  })
})

/** A server that lets nobody in: it asks for a password, then answers with this error, as PostgreSQL writes it. */
async function refuseLogins(code: string, message: string): Promise<{ port: number; close(): void }> {
  const packet = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5)
    head.write(type)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write(packet('R', Buffer.from([0, 0, 0, 3])))
      socket.once('data', () => socket.end(packet('E', Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`))))
    })
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as net.AddressInfo).port, close: () => void server.close() }
}
