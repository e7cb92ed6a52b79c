import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { asked, assay, cwd, reply } from '../command.fixture.ts'

const rows = Array.from(
  { length: 60 },
  (_, i) => `${i},${(i * 7) % 50},${i % 3 === 0 ? 'car' : 'home'},${i % 4 === 0 ? 'Y' : 'N'}`,
)
const csv = ['id,amount,kind,fraud', ...rows].join('\n')
const contract = `
dataset: claims
version: 1
columns:
  - { name: id, type: integer, nullable: false, role: id, unique: true }
  - { name: amount, type: integer, nullable: false, role: feature, max: 45 }
  - { name: kind, type: category, nullable: false, role: feature, values: [car, home] }
  - { name: fraud, type: category, nullable: false, role: target, positive: 'Y', values: [N, 'Y'] }
`
beforeEach(() => {
  fs.writeFileSync(path.join(cwd, 'claims.csv'), csv)
  fs.writeFileSync(path.join(cwd, 'contract.yaml'), contract)
})

describe('without a server', () => {
  it('validates: what is broken, how often and where; exit code 1', async () => {
    const { out, exitCode } = await assay(['data', 'validate', 'claims.csv', '--contract', 'contract.yaml'])
    expect(exitCode).toBe(1)
    const nOver = rows.filter((row) => Number(row.split(',')[1]) > 45).length
    expect(out).toContain(`60 rows: ${60 - nOver} meet the contract, ${nOver} would be quarantined`)
    expect(out).toMatch(new RegExp(`RANGE_BREACH .* ${nOver} rows`))
    expect(out).toMatch(/row 7: 49/)
  })

  it('prints a contract that the data then meets', async () => {
    const { out } = await assay(['data', 'contract', 'claims.csv', '--target', 'fraud'])
    fs.writeFileSync(path.join(cwd, 'fine.yaml'), out)
    const { exitCode } = await assay(['data', 'validate', 'claims.csv', '--contract', 'fine.yaml'])
    expect(exitCode).toBe(0)
  })

  it('profiles, in words and as one HTML file with a picture a column', async () => {
    const { out } = await assay(['data', 'profile', 'claims.csv', '--html', 'profile.html'])
    expect(out).toContain('60 rows x 4 columns')
    expect(out).toMatch(/kind +category +0.0 % +2 .*home \(40\), car \(20\)/)
    const html = fs.readFileSync(path.join(cwd, 'profile.html'), 'utf8')
    expect(html.match(/<svg/g)!.length).toBeGreaterThanOrEqual(4)
    expect(html).not.toMatch(/(src|href)=|@import|NaN/)
  })

  it('reads a source file with its dialect, its paths relative to it', async () => {
    fs.mkdirSync(path.join(cwd, 'sources'))
    fs.writeFileSync(path.join(cwd, 'sources', 'x.dat'), '1 2\n3 4\n')
    fs.writeFileSync(path.join(cwd, 'sources', 'y.dat'), 'a\nb\n')
    const source = `{ kind: csv, path: x.dat, delimiter: ' ', header: false, names: [p, q], beside: [{ path: y.dat, names: [label] }] }`
    fs.writeFileSync(path.join(cwd, 'sources', 'x.yaml'), source)
    const { out } = await assay(['data', 'profile', '--source', 'sources/x.yaml', '--json'])
    expect(JSON.parse(out).profile.columns.map(({ name }: { name: string }) => name)).toEqual(['p', 'q', 'label'])
  })

  it.each([
    ['no file', ['data', 'profile'], 'USAGE_INVALID', 2],
    ['a file and a source', ['data', 'profile', 'claims.csv', '--source', 'x.yaml'], 'USAGE_INVALID', 2],
    ['a validation without a contract', ['data', 'validate', 'claims.csv'], 'USAGE_INVALID', 2],
    ['a file that is not there', ['data', 'profile', 'none.csv'], 'NOT_FOUND', 4],
    ['a contract that is none', ['data', 'validate', 'claims.csv', '--contract', 'claims.csv'], 'CONTRACT_INVALID', 2],
    ['an unknown target', ['data', 'contract', 'claims.csv', '--target', 'fruad'], 'COLUMN_UNKNOWN', 2],
  ])('refuses %s', async (_, argv, code, exitCode) => {
    const refused = await assay(argv)
    expect(refused.err).toContain(code)
    expect(refused.exitCode).toBe(exitCode)
  })

  it('refuses a source of an unknown kind by its path', async () => {
    fs.writeFileSync(path.join(cwd, 'x.yaml'), 'kind: excel\npath: a.xlsx\n')
    const { err } = await assay(['data', 'profile', '--source', 'x.yaml'])
    expect(err).toContain('the source is not valid')
  })
})

describe('with a server', () => {
  const id = 'ab'.repeat(32)
  const version = { id, name: 'claims', nRows: 58, nColumns: 4, nQuarantined: 2, createdAt: '2026-01-01T10:00:00.000Z' }

  it('imports: the contract’s text and an absolute path go to the server', async () => {
    reply('GET /health', {})
    reply('POST /data/imports', { runId: 'run-1' }, 201)
    reply('GET /pipeline/run-1/status', {
      id: 'run-1',
      project: 'claims',
      state: 'succeeded',
      steps: [],
      durationMs: 5,
    })
    const finding = { code: 'RANGE_BREACH', message: 'amount is above 45.', count: 2, share: 0.03 }
    reply('GET /pipeline/run-1/steps/import_dataset', {
      outputs: { dataset: version, warnings: [{ code: 'ID_ORDERED', message: 'id counts.' }], violations: [finding] },
    })
    const { out, exitCode } = await assay([
      'data',
      'import',
      'claims.csv',
      '--contract',
      'contract.yaml',
      '--target',
      'fraud',
      '--drop',
      'id, kind',
    ])
    expect(exitCode).toBe(0)
    expect(out).toContain('version abababababab: 58 rows x 4 columns')
    expect(out).toContain('2 rows in quarantine: assay data quarantine abababababab')
    expect(asked.find(({ route }) => route === 'POST /data/imports')!.body).toEqual({
      source: { kind: 'csv', path: path.join(cwd, 'claims.csv') },
      contract,
      target: 'fraud',
      drop: ['id', 'kind'],
    })
  })

  it('imports: a contract is inferred anew only when that is asked for', async () => {
    reply('GET /health', {})
    reply('POST /data/imports', { runId: 'run-1' }, 201)
    await assay(['data', 'import', 'claims.csv', '--infer-contract', '--no-wait'])
    expect(asked.find(({ route }) => route === 'POST /data/imports')!.body).toEqual({
      source: { kind: 'csv', path: path.join(cwd, 'claims.csv') },
      inferContract: true,
    })
  })

  it('lists versions, and shows a quarantine by the beginning of an id', async () => {
    reply('GET /datasets?limit=20', { items: [version] })
    expect((await assay(['data', 'list'])).out).toContain('abababababab  claims     58        4            2')
    reply('GET /datasets?limit=200', { items: [version] })
    const reason = { code: 'RANGE_BREACH', column: 'amount', message: 'amount is above 45.' }
    reply(`GET /datasets/${id}/quarantine?limit=20`, {
      items: [{ row: 7, reasons: [reason], values: { amount: '49' } }],
      nextCursor: null,
    })
    expect((await assay(['data', 'quarantine', 'abab'])).out).toBe('row 7: amount is above 45.\n  {"amount":"49"}\n')
    expect((await assay(['data', 'quarantine', 'cd'])).err).toContain('NOT_FOUND')
  })

  it.each([
    ['stratified', { kind: 'stratified', nFolds: 3, seed: 42 }],
    ['group:policy', { kind: 'grouped', column: 'policy', nFolds: 3, seed: 42 }],
    ['time', { kind: 'time', testShare: 0.2 }],
  ])('splits a version by %s', async (by, method) => {
    reply(`POST /datasets/${id}/splits`, { name: 'cv', method, counts: [30, 28], createdAt: '' }, 201)
    const { out } = await assay(['data', 'split', id, '--name', 'cv', '--by', by, '--folds', '3'])
    expect(out).toBe('Split cv: 30, 28 rows\n')
    expect(asked.at(-1)!.body).toEqual({ name: 'cv', method })
  })

  it('refuses a way of splitting that it does not know', async () => {
    expect((await assay(['data', 'split', id, '--name', 'cv', '--by', 'luck'])).err).toContain('--by luck is no method')
  })

  it('tells a difference in words', async () => {
    const other = 'cd'.repeat(32)
    reply(`GET /datasets/${id}/diff/${other}`, {
      columns: { added: ['x'], removed: [], changed: [{ name: 'a', from: 'integer', to: 'number' }] },
      rows: { added: 3, removed: 1, changed: null },
      distributions: [
        { name: 'a', psi: 0.31, bins: [] },
        { name: 'b', psi: 0.01, bins: [] },
      ],
    })
    const { out } = await assay(['data', 'diff', id, other])
    expect(out).toContain('1 added (x), none removed')
    expect(out).toContain('a: from integer to number')
    expect(out).toContain('3 added, 1 removed, changed ones cannot be told without a key')
    expect(out).toMatch(/a +0.310/)
    expect(out).not.toMatch(/b +0.010/)
  })
})
