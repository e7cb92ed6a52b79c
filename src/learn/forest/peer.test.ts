import { expect, it } from 'vitest'
import golden from '../../../test/golden/forest/peer.json' with { type: 'json' }
import { rocAucScore } from '../metrics/index.ts'
import { takeRows } from '../table.ts'
import { binTable } from '../trees/binned-table.ts'
import { peerFolds, peerTable } from '../../../test/forest-peer.ts'
import { ExtraTreesClassifier } from './extra-trees-classifier.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

const y = Uint8Array.from(golden.y)

const kinds = [
  ['a random forest', golden.auc, RandomForestClassifier],
  ['extra trees', golden.extraTreesAuc, ExtraTreesClassifier],
] as const

it.each(kinds)(
  '%s is not worse than scikit-learn: over 10 seeds and 5 folds the mean ROC-AUC is at most 0.005 below',
  { timeout: 60_000 },
  async (_, peers, Classifier) => {
    const differences: number[] = []
    const labels = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => y[row])
    for (const [fold, { train, test }] of peerFolds.entries()) {
      const binned = await binTable(takeRows(peerTable, train))
      const held = takeRows(peerTable, test)
      for (const seed of peers.keys()) {
        const forest = await new Classifier({ nTrees: 100, seed }).fit({ binned, y: labels(train) })
        differences.push(rocAucScore(labels(test), forest.predict(held)) - peers[seed][fold])
      }
    }
    expect(differences).toHaveLength(50)
    expect(differences.reduce((sum, difference) => sum + difference, 0) / 50).toBeGreaterThan(-0.005)
  },
)
