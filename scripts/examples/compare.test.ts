import { describe, expect, test } from 'vitest'
import { differences, type Shown } from './compare.ts'
import type { ExpectedRun } from './expectation.ts'

const expected: ExpectedRun = {
  rows: 99,
  warnings: ['PERSONAL_DATA age', 'TARGET_RARE'],
  traps: ['ID_ORDERED number'],
  leftOut: ['IDENTIFIER key'],
  violations: { 'CATEGORY_NEW colour': 1 },
  quarantined: 1,
  rocAucAtLeast: { random_forest: 0.7 },
  blocked: ['fairness_a:sex'],
  waived: ['fairness_b:sex'],
  undecided: ['stability'],
  state: 'succeeded',
}
const shown: Shown = {
  state: 'succeeded',
  rows: 99,
  warnings: [{ code: 'TARGET_RARE' }, { code: 'PERSONAL_DATA', column: 'age' }, { code: 'IDENTIFIER', column: 'key' }],
  violations: [{ code: 'CATEGORY_NEW', column: 'colour', rule: 'one of 2 values', count: 1 }],
  quarantined: 1,
  traps: [{ code: 'ID_ORDERED', column: 'number' }],
  gates: [
    { gate: 'fairness_a:sex', verdict: 'waived' },
    { gate: 'fairness_b:sex', verdict: 'waived' },
    { gate: 'smoke', verdict: 'passed' },
  ],
  stoppedBy: ['fairness_a:sex'],
  rocAuc: { gradient_boosting: 0.8, random_forest: 0.7 },
  failure: null,
}

test('a run that shows what was written down does not differ, in whatever order', () => {
  expect(differences(expected, shown)).toEqual([])
})

describe('told apart:', () => {
  test.each<[string, Partial<Shown>, string[]]>([
    ['a warning that lacks', { warnings: shown.warnings.slice(1) }, ['warning lacks: TARGET_RARE']],
    [
      'a warning more',
      { warnings: [...shown.warnings, { code: 'CONSTANT_COLUMN', column: 'x' }] },
      ['warning not expected: CONSTANT_COLUMN x'],
    ],
    [
      'another count of broken rows',
      { violations: [{ ...shown.violations[0], count: 2 }] },
      ['violation lacks: CATEGORY_NEW colour: 1', 'violation not expected: CATEGORY_NEW colour: 2'],
    ],
    ['a trap that was not found', { traps: [] }, ['trap lacks: ID_ORDERED number']],
    ['rows in quarantine', { quarantined: 2 }, ['quarantined rows: wanted 1, given 2']],
    ['another number of rows', { rows: 98 }, ['rows: wanted 99, given 98']],
    [
      'a lower ROC-AUC',
      { rocAuc: { random_forest: 0.6999 } },
      ['ROC-AUC of random_forest: wanted at least 0.7, given 0.6999'],
    ],
    [
      'an algorithm that was not trained',
      { rocAuc: {} },
      ['ROC-AUC of random_forest: wanted at least 0.7, given none'],
    ],
    [
      'a gate that did not stop it',
      { stoppedBy: [] },
      ['blocked lacks: fairness_a:sex', 'waived not expected: fairness_a:sex'],
    ],
    ['another end', { state: 'failed' }, ['state: wanted succeeded, given failed']],
  ])('%s', (_, change, lines) => {
    expect(differences(expected, { ...shown, ...change })).toEqual(lines)
  })
})

test.each(['stability', 'latency'])('%s, which nobody could foretell, may stop a run or not', (gate) => {
  const stoppedBy = ['fairness_a:sex', gate]
  expect(differences(expected, { ...shown, stoppedBy })).toEqual([])
  expect(differences(expected, { ...shown, stoppedBy, state: 'failed' })).toEqual([])
  expect(differences(expected, { ...shown, stoppedBy: [...stoppedBy, 'smoke'], state: 'failed' })).toEqual([
    'blocked not expected: smoke',
    'state: wanted succeeded, given failed',
  ])
})

test('a refusal is found by its code or by its words, and then nothing else is asked', () => {
  const nothing = {
    rows: null,
    warnings: [],
    violations: [],
    traps: [],
    quarantined: null,
    gates: [],
    stoppedBy: [],
    rocAuc: {},
  }
  const failure = { code: 'COLUMN_UNKNOWN', message: 'There is no column label; the data has c1, c2.' }
  const refused: Shown = { state: 'failed', ...nothing, failure }
  expect(differences({ error: 'COLUMN_UNKNOWN', state: 'failed' }, refused)).toEqual([])
  expect(differences({ error: 'no column label', state: 'failed' }, refused)).toEqual([])
  expect(differences({ error: 'CSV_BROKEN', state: 'failed' }, refused)).toEqual([
    'refusal: wanted CSV_BROKEN, given COLUMN_UNKNOWN: There is no column label; the data has c1, c2.',
  ])
})
