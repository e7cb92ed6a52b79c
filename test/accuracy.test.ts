import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import peer from '../conformance/accuracy/peer.json' with { type: 'json' }
import { foldScores } from '../conformance/accuracy/ours.ts'
import { compare, keepsRule, type FoldScores } from '../conformance/accuracy/rule.ts'
import { readFoldedSet, setNames } from '../conformance/accuracy/sets.ts'

/** Folder of the public data sets; they are not part of the project. */
const folder = process.env.ASSAY_TEST_DATA ?? ''
const isThere = folder !== '' && fs.existsSync(path.join(folder, 'german', 'folds.csv.gz'))
const why = isThere ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'

/** What the rule finds worse, in words. */
function faults(ours: FoldScores[][], theirs: FoldScores[][]): string[] {
  return compare(ours, theirs)
    .filter(({ isNotWorse }) => !isNotWorse)
    .map((verdict) => `${verdict.metric} ${verdict.ours} against ${verdict.theirs}`)
}

const scores = (rocAuc: number): FoldScores => ({ rocAuc, prAuc: 0.5, logLoss: 0.4, brier: 0.1 })

describe('the rule', () => {
  it('lets pass what is better, equal, a little below, or as scattered as it is below', () => {
    const theirs = [[0.8, 0.81, 0.79].map(scores)]
    for (const ours of [
      [0.9, 0.9, 0.9],
      [0.8, 0.81, 0.79],
      [0.796, 0.806, 0.786],
      [0.7, 0.85, 0.75],
    ]) {
      expect(faults([ours.map(scores)], theirs)).toEqual([])
    }
  })

  it('finds worse what is surely and notably below, in losses the other way round', () => {
    const theirs = [[0.8, 0.81, 0.79].map(scores)]
    expect(faults([[0.79, 0.801, 0.781].map(scores)], theirs)).toHaveLength(1)
    const lossy = theirs[0].map((fold, k) => ({ ...fold, logLoss: 0.41 + k / 1000 }))
    expect(faults([lossy], theirs)).toEqual([expect.stringContaining('logLoss 0.411')])
    expect(faults(theirs, [lossy])).toEqual([])
  })

  it('is broken by ROC-AUC and log-loss alone, while PR-AUC and Brier loss are told', () => {
    const theirs = [[0.8, 0.81, 0.79].map(scores)]
    const worse = { rocAuc: 0.7, prAuc: 0.4, logLoss: 0.5, brier: 0.2 }
    for (const [metric, keeps] of [
      ['rocAuc', false],
      ['prAuc', true],
      ['logLoss', false],
      ['brier', true],
    ] as const) {
      const verdicts = compare([theirs[0].map((fold) => ({ ...fold, [metric]: worse[metric] }))], theirs)
      expect(verdicts.filter(({ isNotWorse }) => !isNotWorse).map((verdict) => verdict.metric)).toEqual([metric])
      expect(keepsRule(verdicts)).toBe(keeps)
    }
  })

  it('pairs one seed of ours with every one of theirs, and wants the same folds', () => {
    const theirs = [[0.8, 0.82].map(scores), [0.78, 0.84].map(scores)]
    expect(compare([[0.8, 0.82].map(scores)], theirs)[0].difference.mean).toBeCloseTo(0, 12)
    expect(() => compare([[scores(0.8)]], theirs)).toThrow('1 folds against 2')
  })
})

describe.skipIf(!isThere)(`accuracy beside scikit-learn on given folds${why}`, () => {
  it.each(setNames)('logistic regression is not worse on %s', async (name) => {
    const ours = await foldScores('logistic_regression', readFoldedSet(folder, name), 0)
    expect(faults([ours], peer.sets[name].logistic_regression)).toEqual([])
  })

  // One seed on the small sets; conformance/accuracy.ts runs all ten on all.
  it.each(['german', 'us_auto_bi', 'insurance_claims'] as const)('a forest is not worse on %s', async (name) => {
    const ours = await foldScores('random_forest', readFoldedSet(folder, name), 0)
    expect(faults([ours], peer.sets[name].random_forest.slice(0, 1))).toEqual([])
  })
})
