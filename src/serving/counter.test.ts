import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimsInputs, claimsTable, createServingFixture, MODEL, type ServingFixture } from '../../test/serving.ts'
import { countInto, referenceBins } from '../stats/index.ts'
import { splitCounts, type CountLayout } from './count-layout.ts'
import { PredictionCounter } from './counter.ts'
import { readBinCounts, readCounts, summariseServing } from './counts.ts'
import { loadVersion, type LoadedVersion } from './loaded-version.ts'
import { getVersion } from '../registry/index.ts'
import { loadModel } from '../learn/index.ts'
import { FaultList, type InputRow } from './validation.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 21, 12, 0, 0)
const table = claimsTable(500)
const bins = table.columns.map((column) => ({ name: column.name, bins: referenceBins(column) }))
const score = { name: 'score', bins: { kind: 'number' as const, edges: [0.25, 0.5, 0.75] } }
const layout: CountLayout = { digest: 'layout-1', features: bins, score }

let fixture: ServingFixture
let loaded: LoadedVersion
let nowMs: number

beforeAll(async () => {
  fixture = await createServingFixture()
  const version = await fixture.addVersion({ seed: 1 })
  const loader = { artifacts: fixture.artifacts, loadModel, findLayout: async () => layout }
  loaded = await loadVersion(loader, await getVersion(fixture.db, MODEL, version))
})
afterAll(() => fixture.close())
beforeEach(async () => {
  nowMs = START
  await fixture.db.$client.query('delete from prediction_counts')
})

type Counted = { row: InputRow; score: number }

function predictions(n: number, seed: number): Counted[] {
  const rows = claimsInputs(n, seed).map((input, i) => loaded.validator.validate(input, i, new FaultList()))
  const scores = loaded.score(rows)
  return rows.map((row, i) => ({ row, score: scores[i] }))
}

function count(counter: PredictionCounter, counted: Counted[], version = loaded): void {
  for (const { row, score } of counted) {
    const counts = counter.of(version, 'champion')
    counts.addRow(row, score, score >= 0.5 ? 'refer' : 'approve')
    counts.addLatency(3)
  }
}

const everything = {
  model: MODEL,
  since: new Date(START - 24 * 60 * MINUTE),
  until: new Date(START + 24 * 60 * MINUTE),
}
const readBins = () => readBinCounts(fixture.db, { ...everything, version: loaded.version, layout: 'layout-1' })

/** The slow way: every row at once. */
function binsOf(counted: Counted[]): number[] {
  const { columns } = loaded.table(counted.map(({ row }) => row))
  const features = layout.features.flatMap(({ bins }, i) => [...countInto(bins, columns[i])])
  const values = Float64Array.from(counted, ({ score }) => score)
  return [...features, ...countInto(layout.score.bins, { kind: 'number', name: 'score', values })]
}

test('the counts of replicas and minutes add up to those of the whole', async () => {
  const all = predictions(1_000, 5)
  const replicas = ['a', 'b', 'c'].map((name) => new PredictionCounter(() => nowMs, name))
  for (let from = 0; from < all.length; from += 100) {
    nowMs += 40_000
    count(replicas[(from / 100) % 3], all.slice(from, from + 100))
  }
  for (const replica of replicas) await replica.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf(all))
  const [counts] = await readCounts(fixture.db, everything)
  const nReferred = all.filter(({ score }) => score >= 0.5).length
  expect(counts).toMatchObject({
    version: loaded.version,
    variant: 'champion',
    nPredictions: 1_000,
    nReferred,
    nApproved: 1_000 - nReferred,
  })
  expect(counts.p50Ms! / 3).toBeGreaterThan(0.955)
  expect(counts.p99Ms! / 3).toBeLessThan(1.045)
  const summary = await summariseServing(fixture.db, everything)
  expect(summary).toMatchObject({
    nPredictions: 1_000,
    predictionsPerMinute: 1_000 / (48 * 60),
    nErrors: 0,
    p50Ms: counts.p50Ms,
  })
})

test('flushing again changes nothing, and what comes later in the minute is added', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const [early, late] = [predictions(100, 5), predictions(70, 6)]
  count(counter, early)
  await counter.flush(fixture.db)
  await counter.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf(early))
  count(counter, late)
  await counter.flush(fixture.db)
  nowMs += MINUTE
  await counter.flush(fixture.db)
  await counter.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf([...early, ...late]))
})

test('a flush that failed is made up for by the next', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const counted = predictions(50, 5)
  count(counter, counted)
  const gone = { $client: { query: () => Promise.reject(new Error('no database')) } } as unknown as typeof fixture.db
  nowMs += MINUTE
  await expect(counter.flush(gone)).rejects.toThrow('no database')
  await counter.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf(counted))
})

test('while the database is away for hours, memory stays flat and nothing is lost', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const all = predictions(300, 5)
  for (const one of all) {
    nowMs += MINUTE
    count(counter, [one])
  }
  await counter.flush(fixture.db)
  const { rows } = await fixture.db.$client.query('select count(*) as n from prediction_counts')
  expect(rows[0].n).toBe(60)
  expect([...(await readBins())]).toEqual(binsOf(all))
})

test('a clock that jumps back does not write over a minute that was flushed', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const [first, second] = [predictions(30, 5), predictions(20, 6)]
  count(counter, first)
  nowMs += MINUTE
  await counter.flush(fixture.db)
  nowMs -= MINUTE
  count(counter, second)
  await counter.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf([...first, ...second]))
})

test('unseen categories and missing values are counted in slots of their own', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const row = loaded.validator.validate({ amount: null, age: 30, provider: 'veterinarian' }, 0, new FaultList())
  count(counter, [{ row, score: 0.4 }])
  await counter.flush(fixture.db)
  const [amount, , provider] = splitCounts(layout, await readBins())
  expect(Array.from(amount.slice(-2))).toEqual([1, 0])
  expect(Array.from(provider.slice(-2))).toEqual([0, 1])
})

test('counts on other bins are not mixed in', async () => {
  const counter = new PredictionCounter(() => nowMs)
  const counted = predictions(10, 5)
  count(counter, counted, { ...loaded, layout: undefined })
  count(counter, counted, { ...loaded, layout: { ...layout, digest: 'layout-0', features: [] } })
  count(counter, counted)
  await counter.flush(fixture.db)
  expect([...(await readBins())]).toEqual(binsOf(counted))
  expect((await readCounts(fixture.db, everything))[0].nPredictions).toBe(30)
})

test('errors and refused inputs are counted apart', async () => {
  const counter = new PredictionCounter(() => nowMs)
  counter.of(loaded, 'champion').nErrors++
  counter.of(loaded, 'champion').nInvalid += 2
  counter.of(loaded, 'shadow').nErrors += 5
  await counter.flush(fixture.db)
  expect(await readCounts(fixture.db, everything)).toMatchObject([
    { variant: 'champion', nPredictions: 0, nErrors: 1, nInvalid: 2, p50Ms: null },
    { variant: 'shadow', nErrors: 5, nInvalid: 0 },
  ])
  expect((await summariseServing(fixture.db, everything)).nErrors).toBe(1)
})
