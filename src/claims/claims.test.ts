import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { formatContract, landColumns, parseContract, validateLanded } from '../data/index.ts'
import { countInto, psi, psiStatus, referenceBins } from '../stats/index.ts'
import {
  bayesAuc,
  claimAt,
  claimInput,
  claimsContract,
  driftKinds,
  featureNames,
  generateClaims,
  toDataColumns,
  type Claim,
  type ClaimColumns,
  type GenerateOptions,
} from './index.ts'

const startDate = '2026-01-01'
const generate = (options: Partial<GenerateOptions> = {}) =>
  generateClaims({ n: 2_000, seed: 42, startDate, ...options })
const claimsOf = (columns: ClaimColumns): Claim[] => Array.from({ length: columns.n }, (_, i) => claimAt(columns, i))
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

describe('the same for the same seed', () => {
  it('gives the same claims again, and others for another seed', () => {
    expect(generate()).toEqual(generate())
    expect(toDataColumns(generate())).toEqual(toDataColumns(generate()))
    const [a, b] = [generate().billed, generate({ seed: 43 }).billed]
    expect(a.filter((value, i) => value === b[i]).length).toBeLessThan(20)
  })

  // Blocks have 256 claims: at their ends, within, and over several.
  test.each([0, 1, 255, 256, 257, 511, 700, 1_024])('goes on at claim %d as if it had begun at 0', (startIndex) => {
    // Dates count from the first claim asked for, so they are left out here; 800 claims are one day.
    const undated = (claim: Claim) => ({ ...claim, service_date: '', submitted_at: '' })
    const whole = claimsOf(generate()).map(undated)
    const part = claimsOf(generate({ n: 300, startIndex })).map(undated)
    expect(part).toEqual(whole.slice(startIndex, startIndex + 300))
  })

  it('goes on under drift and bias as well', () => {
    const options = {
      drift: { kind: 'many features' as const, strength: 1, startIndex: 300, rampClaims: 200 },
      labelBias: 1,
    }
    const [whole, part] = [generate(options), generate({ ...options, n: 400, startIndex: 390 })]
    for (const name of ['billed', 'cptBucket', 'outcome', 'denialProbability'] as const)
      expect([...part[name]]).toEqual([...whole[name].subarray(390, 790)])
  })

  it('has 800 claims a day from the first day on', () => {
    const days = claimsOf(generate()).map((claim) => claim.service_date)
    expect([days[0], days[799], days[800], days[1_999]]).toEqual([startDate, startDate, '2026-01-02', '2026-01-03'])
  })
})

describe('what the claims are like', () => {
  const claims = generateClaims({ n: 50_000, seed: 42, startDate })

  it('denies 20 to 26 % of them', () => {
    const rate = mean(claims.outcome)
    expect(rate).toBeGreaterThan(0.2)
    expect(rate).toBeLessThan(0.26)
    // Outcomes are drawn from the probabilities: four standard errors.
    expect(Math.abs(rate - mean(claims.denialProbability))).toBeLessThan(0.006)
  })

  it('can be told apart with an AUC of 0.94 to 0.97 at best', () => {
    expect(bayesAuc(claims)).toBeGreaterThan(0.94)
    expect(bayesAuc(claims)).toBeLessThan(0.97)
  })

  it('has a reason where it is denied and none where it is not, and 3.5 % fraud', () => {
    expect(claims.outcome.every((outcome, i) => outcome === (claims.denialReason[i] > 0 ? 1 : 0))).toBe(true)
    // Four standard errors.
    expect(Math.abs(mean(claims.fraudPattern.map((pattern) => (pattern > 0 ? 1 : 0))) - 0.035)).toBeLessThan(0.0033)
  })

  it('denies women and men alike, unless the label is biased', () => {
    const rates = (given: ClaimColumns) =>
      [0, 1].map((gender) => mean(given.outcome.filter((_, i) => given.gender[i] === gender)))
    const [female, male] = rates(claims)
    // Four standard errors of a difference of two shares over 25,000 rows each.
    expect(Math.abs(female - male)).toBeLessThan(0.015)
    const biased = generateClaims({ n: 50_000, seed: 42, startDate, labelBias: 1 })
    const [biasedFemale, biasedMale] = rates(biased)
    expect(biasedMale).toBe(male)
    expect(biasedFemale - biasedMale).toBeGreaterThan(0.05)
    expect(biased.billed).toEqual(claims.billed)
  })
})

describe('drift', () => {
  const before = generate({ n: 10_000 })
  const after = (kind: (typeof driftKinds)[number], strength = 1) =>
    generate({ n: 10_000, seed: 7, drift: { kind, strength, startIndex: 0, rampClaims: 0 } })
  const amounts = (claims: ClaimColumns) => ({ kind: 'number' as const, name: 'amount', values: claims.billed })
  const buckets = (claims: ClaimColumns) => ({
    kind: 'category' as const,
    name: 'bucket',
    codes: Int32Array.from(claims.cptBucket),
    levels: [...Array(10).keys()].map(String),
  })
  const size = (column: (claims: ClaimColumns) => Parameters<typeof referenceBins>[0], current: ClaimColumns) => {
    const bins = referenceBins(column(before))
    return psi(countInto(bins, column(before)), countInto(bins, column(current)))
  }

  it('is none between two seeds, nor at strength 0', () => {
    for (const current of [generate({ n: 10_000, seed: 7 }), ...driftKinds.map((kind) => after(kind, 0))]) {
      expect(size(amounts, current)).toBeLessThan(0.01)
      expect(size(buckets, current)).toBeLessThan(0.01)
    }
  })

  it('moves what it is about, so that the PSI finds it', () => {
    expect(psiStatus(size(buckets, after('case mix')))).not.toBe('none')
    expect(psiStatus(size(buckets, after('many features')))).not.toBe('none')
    expect(psiStatus(size(amounts, after('many features')))).not.toBe('none')
    // Prices a quarter of a log unit up within a spread of 1.2 are a small drift at strength 1, and one to act on at 3.
    expect(size(amounts, after('price inflation'))).toBeGreaterThan(0.02)
    expect(psiStatus(size(amounts, after('price inflation', 3)))).toBe('major')
    expect(size(buckets, after('price inflation'))).toBeLessThan(0.01)
  })

  it('of the denial rate raises it, of the rules changes who is denied; neither touches the features', () => {
    const plain = generate({ n: 10_000, seed: 7 })
    for (const kind of ['denial rate', 'rule change'] as const) {
      const drifted = after(kind)
      for (const name of ['billed', 'cptBucket', 'units', 'age'] as const) expect(drifted[name]).toEqual(plain[name])
      expect(drifted.denialProbability).not.toEqual(plain.denialProbability)
    }
    expect(mean(after('denial rate').outcome)).toBeGreaterThan(mean(plain.outcome) + 0.02)
  })

  it('begins at its first claim and grows over its ramp', () => {
    const plain = generate({ n: 1_000 })
    const drift = { kind: 'price inflation' as const, strength: 1, startIndex: 300, rampClaims: 400 }
    const drifted = generate({ n: 1_000, drift })
    expect(drifted.billed.subarray(0, 301)).toEqual(plain.billed.subarray(0, 301))
    const ratio = (i: number) => Math.log(drifted.billed[i] / plain.billed[i])
    // Half way up the ramp the full strength, 0.25, is halved; amounts are rounded to cents.
    expect(ratio(500)).toBeCloseTo(0.125, 2)
    expect(ratio(700)).toBeCloseTo(0.25, 2)
    expect(ratio(999)).toBeCloseTo(0.25, 2)
  })
})

describe('the contract', () => {
  it('accepts whatever the generator makes', async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-claims-'))
    const source = { kind: 'synthetic', location: 'claims', sizeBytes: null, sha256: null }
    const drift = { kind: 'many features' as const, strength: 3, startIndex: 0, rampClaims: 0 }
    for (const options of [{ n: 20_000 }, { startIndex: 999_999_000 }, { drift, labelBias: 2 }]) {
      const landed = await landColumns(toDataColumns(generate(options)), directory, source)
      const { violations, counts } = await validateLanded(landed, claimsContract, { directory })
      expect(violations).toEqual([])
      expect(counts).toMatchObject({ nQuarantined: 0, nDistinctKeys: landed.nRows, nInconsistentRows: 0 })
    }
    fs.rmSync(directory, { recursive: true })
  })

  it('is a valid contract, and its features are what predict is asked with', () => {
    expect(parseContract(formatContract(claimsContract))).toEqual(claimsContract)
    const features = claimsContract.columns.filter(({ role }) => role === 'feature').map(({ name }) => name)
    expect(features).toEqual([...featureNames])
    expect(Object.keys(claimInput(claimAt(generate({ n: 1 }), 0)))).toEqual(features)
    expect(claimsContract.columns.every(({ role, decisionTime }) => role !== 'feature' || decisionTime)).toBe(true)
  })
})
