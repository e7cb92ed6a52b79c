import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import { land, type GivenColumn } from '../landed.fixture.ts'
import { validateLanded } from '../validation/validate-landed.ts'
import { edgeAt, histogramEdges } from './histogram-edges.ts'
import { profileDataset } from './profile-dataset.ts'
import { warnAboutProfile } from './profile-warnings.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-profile-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const column = (name: string, more: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'category',
  nullable: true,
  role: 'feature',
  ...more,
})

async function profile(given: Record<string, GivenColumn>, columns: ContractColumn[]) {
  const contract: Contract = { dataset: 'd', version: 1, columns, rules: [] }
  const directory = fs.mkdtempSync(path.join(folder, 'run-'))
  const { validPath } = await validateLanded(await land(folder, given), contract, { directory })
  const found = await profileDataset(validPath, contract, { directory })
  const warnings = await warnAboutProfile(found, contract, { path: validPath, directory })
  return { ...found, by: Object.fromEntries(found.columns.map((one) => [one.name, one])), warnings, validPath }
}

const rows = Array.from({ length: 101 }, (_, i) => i)

describe('a profile', () => {
  it('has the figures of numbers: quantiles as NumPy has them, a histogram that loses no value', async () => {
    const values = rows.map((i) => (i === 100 ? '1000000' : i % 10 === 3 ? null : String(i)))
    const { by, nRows } = await profile({ a: values, b: rows.map(String) }, [
      column('a', { type: 'number' }),
      column('b', { type: 'integer' }),
    ])
    const present = values.filter((value) => value !== null).map(Number)
    const mean = present.reduce((sum, value) => sum + value, 0) / present.length
    expect(nRows).toBe(101)
    expect(by.a).toMatchObject({ nRows: 101, nMissing: 10, nDistinct: 91, isDistinctExact: true, type: 'number' })
    expect(by.a).toMatchObject({ min: 0, max: 1e6, mean: expect.closeTo(mean, 6), areQuantilesExact: true })
    // numpy.quantile(range(101), p) is 100 p.
    expect(by.b.quantiles.map(({ value }) => value)).toEqual([1, 5, 25, 50, 75, 95, 99])
    expect(by.b.standardDeviation).toBeCloseTo(Math.sqrt((101 * 102) / 12), 9)
    const { histogram } = by.a
    expect(histogram.reduce((sum, bin) => sum + bin.n, 0)).toBe(91)
    expect([histogram[0].from, histogram.at(-1)!.to]).toEqual([0, 1e6])
    histogram.slice(1).forEach((bin, i) => expect(bin.from).toBe(histogram[i].to))
  })

  it('has the frequent values of categories, none of keys and personal data', async () => {
    const { by } = await profile(
      {
        c: rows.map((i) => (i % 4 ? 'x' : 'y')),
        id: rows.map(String),
        mail: rows.map((i) => `${i % 3}@b.org`),
        b: rows.map((i) => String(i % 2 === 0)),
      },
      [
        column('c'),
        column('id', { type: 'string', role: 'id' }),
        column('mail', { pii: 'email' }),
        column('b', { type: 'boolean' }),
      ],
    )
    expect(by.c.topValues).toEqual([
      { value: 'x', n: 75 },
      { value: 'y', n: 26 },
    ])
    expect(by.b.topValues).toEqual([
      { value: 'true', n: 51 },
      { value: 'false', n: 50 },
    ])
    expect([by.id.topValues, by.mail.topValues]).toEqual([[], []])
    expect(by.mail).toMatchObject({ nDistinct: 3 })
  })

  it('counts dates by a period that gives a few dozen', async () => {
    const { by } = await profile(
      {
        d: rows.map((i) => `20${String(10 + (i % 12))}-0${(i % 9) + 1}-15`),
        t: rows.map((i) => `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z`),
        none: rows.map(() => null),
      },
      [column('d', { type: 'date' }), column('t', { type: 'timestamp' }), column('none', { type: 'date' })],
    )
    expect(by.d).toMatchObject({ period: 'quarter', min: '2010-01-15', max: '2021-09-15' })
    expect(by.d.histogram[0]).toEqual({ from: 14_610, to: 14_700, n: expect.any(Number) })
    expect(by.d.histogram.reduce((sum, { n }) => sum + n, 0)).toBe(101)
    expect(by.t).toMatchObject({ period: 'day', min: '2026-01-01T00:00:00Z', max: '2026-01-01T00:00:59Z' })
    expect(by.none).toMatchObject({ nMissing: 101, nDistinct: 0 })
    expect(by.none).toMatchObject({ min: null, histogram: [] })
  })
})

describe('edges of a histogram', () => {
  test('are readable, cover the middle and are few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.boolean(),
        (q01, span, isWhole) => {
          const edges = histogramEdges(q01, q01 + span, isWhole)
          expect(edges.nBins).toBeGreaterThan(0)
          expect(edges.nBins).toBeLessThanOrEqual(30)
          if (edges.step === 0) return
          if (isWhole) expect(Number.isInteger(edges.step)).toBe(true)
          expect(edges.first - q01).toBeLessThan(Math.abs(q01) * 1e-9 + 1e-9)
          expect(edgeAt(edges, edges.nBins) - (q01 + span)).toBeGreaterThan(-Math.abs(q01) * 1e-9 - 1e-9)
        },
      ),
    )
  })

  test.each([
    [0, 100, true, [0, 5, 21]],
    [0.1, 0.9, false, [0.1, 0.05, 17]],
    [3, 3, true, [3, 0, 1]],
  ])('of %s to %s', (q01, q99, isWhole, wanted) => {
    const { first, step, nBins } = histogramEdges(q01, q99, isWhole)
    expect([first, step, nBins]).toEqual([expect.closeTo(wanted[0], 9), wanted[1], wanted[2]])
  })
})

it('warns of constant, mostly missing and counting features and of a rare target', async () => {
  const { warnings } = await profile(
    {
      same: rows.map(() => 'x'),
      gaps: rows.map((i) => (i < 32 ? null : String(i % 3))),
      counter: rows.map((i) => String(i * 3)),
      shuffled: rows.map((i) => String((i * 37) % 101)),
      y: rows.map((i) => (i === 0 ? 'yes' : 'no')),
    },
    [
      column('same'),
      column('gaps', { type: 'number' }),
      column('counter', { type: 'integer' }),
      column('shuffled', { type: 'integer' }),
      column('y', { role: 'target', positive: 'yes' }),
    ],
  )
  expect(warnings).toEqual([
    { code: 'CONSTANT_COLUMN', column: 'same', message: 'same has the same value in every row.' },
    { code: 'HIGH_MISSING', column: 'gaps', message: 'gaps is missing in 31.7 % of the rows.' },
    { code: 'ID_ORDERED', column: 'counter', message: expect.stringContaining('counts the rows') },
    { code: 'TARGET_RARE', column: 'y', message: 'y is yes in 1.0 % of the rows only.' },
  ])
})
