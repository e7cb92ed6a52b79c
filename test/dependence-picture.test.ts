import { expect, it } from 'vitest'
import { partialDependence } from '../src/explain/index.ts'
import { createRandom, type Model } from '../src/learn/index.ts'
import { partialDependencePicture } from '../src/pictures/index.ts'
import { drawn } from '../src/pictures/drawn.fixture.ts'
import { numbers } from './learning-tables.ts'

const model: Model = {
  algorithm: 'constant',
  signature: { columns: [{ name: 'x', kind: 'number', required: true }], target: 'y', positive: '1' },
  predict: ({ nRows }) => new Float64Array(nRows).fill(0.5),
  predictRow: () => 0.5,
  describe: () => ({}),
}

const random = createRandom(5)
const rows = (valueOf: (share: number, row: number) => number) =>
  Array.from({ length: 1_000 }, (_, row) => valueOf(random.unit(), row))

it.each<[string, number[]]>([
  ['amounts over many decades', rows((share, row) => (row % 200 === 0 ? 1e6 * share : 10 + 40 * share))],
  ['amounts of which few are large', rows((share, row) => (row % 100 === 0 ? 900 * share : 100 + 20 * share))],
  ['numbers that are mostly zero', rows((share) => Math.max(0, share * 40 - 30) ** 3)],
  ['numbers with one far off', rows((share, row) => (row === 0 ? -500 : share))],
])('the curve over %s is drawn without a wide gap', async (_, values) => {
  const table = { nRows: values.length, columns: [numbers('x', values)] }
  const [dependence] = await partialDependence({ model, table, features: ['x'] })
  expect(dependence.grid.length).toBeLessThanOrEqual(29)
  const picture = drawn(partialDependencePicture(dependence), 900)
  const places = ['mean', 'mean where few rows lie'].flatMap((part) => picture.points(part).map(([x]) => x))
  const sorted = [...new Set(places)].sort((a, b) => a - b)
  const widest = Math.max(...sorted.slice(1).map((x, i) => x - sorted[i]))
  // Two of 19 even steps, and a tenth of a pixel.
  expect(widest).toBeLessThanOrEqual((2 * (sorted.at(-1)! - sorted[0])) / 19 + 0.1)
  expect(picture.words[0]).toContain('few rows')
})
