import { expect, it } from 'vitest'
import { foldScoresOf } from './fold-lines.ts'

const lines = (...texts: string[]) => texts.map((text) => ({ text }))

it('reads the scores of folds out of a log, and nothing else', () => {
  expect(
    foldScoresOf(
      lines(
        '20000 rows x 24 columns; dataset version 0123.',
        'random_forest, fold 1 of 5: ROC-AUC 0.9123',
        'random_forest, fold 2 of 5: ROC-AUC 0.9001',
        'logistic_regression on 900 rows: hold-out ROC-AUC 0.7',
      ),
    ),
  ).toEqual([
    { algorithm: 'random_forest', fold: 1, nFolds: 5, value: 0.9123 },
    { algorithm: 'random_forest', fold: 2, nFolds: 5, value: 0.9001 },
  ])
})

it('takes the last word of a fold that a second attempt tells again', () => {
  const told = foldScoresOf(
    lines('a, fold 1 of 2: ROC-AUC 0.5', 'a, fold 2 of 2: ROC-AUC 0.6', 'a, fold 1 of 2: ROC-AUC 0.7'),
  )
  expect(told.map(({ fold, value }) => [fold, value])).toEqual([
    [1, 0.7],
    [2, 0.6],
  ])
})
