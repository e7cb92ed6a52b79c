import fs from 'node:fs'
import path from 'node:path'
import { Check, Errors } from 'typebox/value'
import { expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { SourceSpec } from './spec.ts'

const document = fs.readFileSync(path.resolve(import.meta.dirname, '../../../docs/sources.md'), 'utf8')
const examples = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => parse(yaml) as { kind: string })

it('has an example of every kind in docs/sources.md', () => {
  expect([...new Set(examples.map(({ kind }) => kind))]).toEqual(['csv', 'parquet', 'jsonl', 'postgres', 'http'])
})

test.each(examples.map((example) => [JSON.stringify(example), example]))('%s is a source', (_, example) => {
  expect(Errors(SourceSpec, example)).toEqual([])
})

test.each([
  [{ kind: 'csv' }],
  [{ kind: 'csv', path: 'a', delimeter: ';' }],
  [{ kind: 'csv', path: 'a', delimiter: '||' }],
  [{ kind: 'postgres', url: 'postgres://me:secret@host/db', query: 'select 1' }],
  [{ kind: 'postgres', urlEnv: 'postgres://me:secret@host/db', query: 'select 1' }],
  [{ kind: 'http', url: 'file:///etc/passwd' }],
  [{ kind: 'http', url: 'https://host/', headersEnv: { authorization: 'Bearer secret' } }],
  [{ kind: 'http', url: 'https://host/', paging: { by: 'luck' } }],
])('%j is none', (given) => {
  expect(Check(SourceSpec, given)).toBe(false)
})
