import { expect, test } from 'vitest'
import { settingsOfRequest } from './settings-of-request.ts'

test('an upload is read as its name says, and known by it', () => {
  const upload = { path: '/home/uploads/1/content', name: 'Claims 2025.parquet' }
  expect(settingsOfRequest({ uploadId: '1', target: 'fraud' }, upload)).toMatchObject({
    name: 'Claims-2025',
    sourceName: 'Claims 2025.parquet',
    data: { kind: 'parquet', path: '/home/uploads/1/content' },
    target: 'fraud',
    drop: [],
  })
})

test('a source keeps its dialect; without a name the kind of a query is one', () => {
  const source = { kind: 'csv' as const, path: '/data/elec.dat', delimiter: ' ', header: false }
  expect(settingsOfRequest({ source, name: 'elec2' })).toMatchObject({ name: 'elec2', data: source })
  const query = { kind: 'postgres' as const, urlEnv: 'CLAIMS_URL', query: 'select 1' }
  expect(settingsOfRequest({ source: query }).name).toBe('postgres')
})

test.each([
  ['neither source nor upload', {}, 'IMPORT_INVALID'],
  ['both', { source: { kind: 'csv', path: '/a.csv' }, uploadId: '1' }, 'IMPORT_INVALID'],
  ['a relative path', { source: { kind: 'csv', path: 'a.csv' } }, 'IMPORT_INVALID'],
  [
    'a relative path beside',
    { source: { kind: 'csv', path: '/a.csv', beside: [{ path: 'b.csv', names: ['y'] }] } },
    'IMPORT_INVALID',
  ],
  [
    'a contract that is not wanted',
    { source: { kind: 'csv', path: '/a.csv' }, contract: 'columns: 5', inferContract: true },
    'IMPORT_INVALID',
  ],
  ['a contract that is none', { source: { kind: 'csv', path: '/a.csv' }, contract: 'columns: 5' }, 'CONTRACT_INVALID'],
])('refuses %s', (_, request, code) => {
  expect(() => settingsOfRequest(request as never)).toThrow(expect.objectContaining({ code }))
})
