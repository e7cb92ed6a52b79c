import { describe, expect, it } from 'vitest'
import { emptyFields, proposedName, sourceOf } from './source-of.ts'

const fields = (part: Partial<typeof emptyFields>) => ({ ...emptyFields, ...part })

describe('sourceOf', () => {
  it.each([
    ['/data/a.csv', 'csv'],
    ['/data/a.CSV.gz', 'csv'],
    ['/data/a.parquet', 'parquet'],
    ['/data/a.ndjson', 'jsonl'],
    ['/data/a', 'csv'],
  ])('knows the kind of %s', (path, kind) => {
    expect(sourceOf('path', fields({ path: ` ${path} ` }))).toEqual({ kind, path })
  })

  it('names environment variables, never credentials', () => {
    expect(sourceOf('postgres', fields({ urlEnv: 'DB', query: 'select 1' }))).toEqual({
      kind: 'postgres',
      urlEnv: 'DB',
      query: 'select 1',
    })
    expect(sourceOf('http', fields({ url: 'https://a.example/x', authorizationEnv: 'TOKEN', items: '/data' }))).toEqual(
      {
        kind: 'http',
        url: 'https://a.example/x',
        items: '/data',
        headersEnv: { authorization: 'TOKEN' },
      },
    )
  })

  it('is none while something is missing', () => {
    expect(sourceOf('path', emptyFields)).toBeNull()
    expect(sourceOf('postgres', fields({ urlEnv: 'DB' }))).toBeNull()
    expect(sourceOf('http', fields({ url: 'ftp://a' }))).toBeNull()
  })
})

describe('proposedName', () => {
  it('comes from the file, the table or the address', () => {
    expect(proposedName({ kind: 'csv', path: '/data/my claims.csv' })).toBe('my-claims')
    expect(proposedName({ kind: 'postgres', urlEnv: 'DB', query: 'select * from public.claims c' })).toBe(
      'public-claims',
    )
    expect(proposedName({ kind: 'postgres', urlEnv: 'DB', query: 'table x' })).toBe('query')
    expect(proposedName({ kind: 'http', url: 'https://a.example/v1/claims/?q=1' })).toBe('claims')
    expect(proposedName({ kind: 'http', url: 'https://a.example' })).toBe('http')
    expect(proposedName(null)).toBe('')
  })
})
