import { expect, test } from 'vitest'
import { chooseThreshold } from './choose-threshold.ts'
import { rank, type AlgorithmScores } from './cross-validate.ts'

const y = Uint8Array.of(0, 0, 1, 0, 1)
const score = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.9)

test('a given threshold is kept', () => {
  expect(chooseThreshold({ threshold: 0.5 }, { y, score })).toEqual({ rule: 'given', threshold: 0.5 })
})

test('the best F1 flags both positives and one negative', () => {
  expect(chooseThreshold({ threshold: 'best-f1' }, { y, score })).toMatchObject({ rule: 'best-f1', threshold: 0.3 })
})

test('costs move the threshold, and tell what it saves', () => {
  const costs = { falsePositive: 10, falseNegative: 15 }
  const chosen = chooseThreshold({ threshold: 'lowest-cost', costs }, { y, score })
  expect(chosen).toMatchObject({
    rule: 'lowest-cost',
    threshold: 0.3,
    saving: { costPerClaim: 2, approveAllPerClaim: 6 },
  })
  const dear = chooseThreshold(
    { threshold: 'lowest-cost', costs: { falsePositive: 40, falseNegative: 15 } },
    { y, score },
  )
  expect(dear.threshold).toBe(0.9)
})

const scored = (algorithm: string, rocAuc: number, logLoss: number) =>
  ({ scores: { algorithm, cv: { rocAuc: { mean: rocAuc }, logLoss: { mean: logLoss } } } }) as unknown as {
    scores: AlgorithmScores
  }

test('algorithms are ranked by the project’s metric; of equals the first listed leads', () => {
  const candidates = [scored('a', 0.8, 0.5), scored('b', 0.9, 0.6), scored('c', 0.9, 0.4)]
  const names = (by: 'rocAuc' | 'logLoss') => rank(candidates, by).map(({ scores }) => scores.algorithm)
  expect(names('rocAuc')).toEqual(['b', 'c', 'a'])
  expect(names('logLoss')).toEqual(['c', 'a', 'b'])
})
