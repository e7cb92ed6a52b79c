import { expect, test } from 'vitest'
import { mixedTable } from '../../../../test/learning-tables.ts'
import { trainModel, type AlgorithmName } from '../../../learn/index.ts'
import { explainModel, type ExplainModelInput } from './explain-model.ts'

const { table, y } = mixedTable(1_500, 7)
const rows = Int32Array.from({ length: 1_500 }, (_, row) => row)
const set = { table, y, train: rows.subarray(0, 400), test: rows.subarray(400) }
const importance = [{ feature: 'amount', mean: 0.2, lower: 0.1, upper: 0.3 }]

async function inputOf(algorithm: AlgorithmName): Promise<ExplainModelInput> {
  const options = algorithm === 'logistic_regression' ? {} : { nTrees: 5, nThreads: 1 }
  const data = { table, y, target: 'y', positive: '1' }
  return { model: await trainModel({ ...data, algorithm, options } as never), set, importance }
}

const methods = [
  ['random_forest', 'tree-path-dependent', 'probability'],
  ['gradient_boosting', 'tree-path-dependent', 'logOdds'],
  ['logistic_regression', 'linear', 'logOdds'],
] as const

test.each(methods)('%s is explained over the hold-out: %s, in %s', async (algorithm, method, unit) => {
  const input = await inputOf(algorithm)
  const { explanation, means } = await explainModel(input)
  expect(explanation).toMatchObject({ method, unit, importance })
  // 1,100 rows are held out; each class is rounded for itself.
  expect(Math.abs(explanation.nRows - 1_000)).toBeLessThanOrEqual(1)
  expect(explanation.features).toHaveLength(table.columns.length)
  for (const feature of explanation.features) {
    expect(feature.values).toHaveLength(200)
    expect(feature.contributions).toHaveLength(200)
  }
  const names = explanation.features.map(({ name }) => name)
  expect(explanation.dependence.map(({ feature }) => feature)).toEqual(names)
  expect(means === undefined).toBe(method !== 'linear')
  expect(await explainModel(input)).toEqual({ explanation, means })
})

test('contributions and base value are those of the rows that are shown', async () => {
  const input = await inputOf('random_forest')
  const { explanation } = await explainModel(input)
  const scores = explanation.features[0].contributions.map((_, row) =>
    explanation.features.reduce((sum, { contributions }) => sum + contributions[row], explanation.baseValue),
  )
  const shown = explanation.features.map(({ name, values }) => ({ name, values }))
  scores.forEach((score, at) => {
    const row = Object.fromEntries(shown.map(({ name, values }) => [name, values[at]]))
    expect(input.model.predictRow(row)).toBeCloseTo(score, 9)
  })
})

test('means of an earlier explanation stay what rows are compared with', async () => {
  const input = await inputOf('logistic_regression')
  const { means } = await explainModel(input)
  const moved = means!.map((mean) => mean + 1)
  const again = await explainModel({ ...input, means: moved })
  expect(again.means).toEqual(moved)
  expect(again.explanation.baseValue).not.toBeCloseTo((await explainModel(input)).explanation.baseValue, 3)
})

test('it tells how far it is', async () => {
  const seen: number[] = []
  await explainModel(await inputOf('gradient_boosting'), { progress: (done, total) => seen.push(done / total) })
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(1)
})
