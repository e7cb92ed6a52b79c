import { AssayError } from '../../errors/index.ts'
import { checkOption, seedRule } from '../options.ts'
import { createRandom, shuffle } from '../random.ts'
import type { Split } from './split.ts'

/**
 * The fold of each row such that a group's rows are all in one fold, and the folds have about equally many rows of each
 * class, as far as the groups allow. No fold is empty. Deterministic in its arguments. O(n + groups x folds).
 *
 * Groups are placed one by one, those with the most uneven classes first (ties in random order), each where it adds least
 * to Σ (rows of the class in the fold / rows of the class)². Source: scikit-learn's StratifiedGroupKFold.
 * @param groups a code for each row; negative: the row is a group of its own
 * @throws OPTION_INVALID, LABELS_LENGTH_DIFFERS, SPLIT_GROUPS_TOO_FEW when a class that there is stands in fewer groups than there are folds
 */
export function groupKFold(groups: Int32Array, y: Uint8Array, nFolds: number, seed: number): Uint8Array {
  checkOption('nFolds', nFolds, { integer: [2, 255] })
  const shares = Array.from({ length: nFolds }, () => 1 / nFolds)
  return placeGroups(groups, y, shares, seed)
}

/**
 * A training and a test part with every group on one side and the classes about in proportion, as far as the groups
 * allow; neither part is empty. Deterministic in its arguments. O(n).
 * @param groups as for `groupKFold`
 * @param testShare in (0, 1), of the rows of each class
 * @throws SHARE_INVALID, OPTION_INVALID for the seed, LABELS_LENGTH_DIFFERS, SPLIT_GROUPS_TOO_FEW
 */
export function groupHoldOut(groups: Int32Array, y: Uint8Array, testShare: number, seed: number): Split {
  if (!(testShare > 0 && testShare < 1))
    throw new AssayError('SHARE_INVALID', { share: testShare, allowed: 'above 0 and below 1' })
  const part = placeGroups(groups, y, [testShare, 1 - testShare], seed)
  const rows = Int32Array.from(y.keys())
  return { train: rows.filter((row) => part[row] === 1), test: rows.filter((row) => part[row] === 0) }
}

type Group = { rows: number[]; counts: [number, number] }

/** The part of each row, parts having about these shares of each class. */
function placeGroups(groups: Int32Array, y: Uint8Array, shares: number[], seed: number): Uint8Array {
  checkOption('seed', seed, seedRule)
  if (groups.length !== y.length)
    throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows: groups.length })
  const ordered = orderGroups(groups, y, seed)
  checkEnough(ordered, shares.length)
  const totals = [0, 1].map((label) => ordered.reduce((sum, { counts }) => sum + counts[label], 0))
  const placed = shares.map(() => ({ nRows: 0, counts: [0, 0] }))
  const part = new Uint8Array(y.length)
  let nEmpty = shares.length
  ordered.forEach(({ rows, counts }, i) => {
    const mustFill = ordered.length - i <= nEmpty
    let best = -1
    let bestCost = Infinity
    for (let p = 0; p < shares.length; p++) {
      if (mustFill && placed[p].nRows > 0) continue
      let cost = 0
      for (const label of [0, 1])
        if (totals[label] > 0)
          cost += (2 * placed[p].counts[label] * counts[label] + counts[label] ** 2) / (shares[p] * totals[label] ** 2)
      const isFirst = best < 0 || cost < bestCost || (cost === bestCost && placed[p].nRows < placed[best].nRows)
      if (isFirst) [best, bestCost] = [p, cost]
    }
    if (placed[best].nRows === 0) nEmpty--
    placed[best].nRows += rows.length
    for (const label of [0, 1]) placed[best].counts[label] += counts[label]
    for (const row of rows) part[row] = best
  })
  return part
}

/** Groups whose classes are most uneven come first, while there is room to make up for them. */
function orderGroups(groups: Int32Array, y: Uint8Array, seed: number): Group[] {
  const byCode = new Map<number, Group>()
  const all: Group[] = []
  for (let row = 0; row < groups.length; row++) {
    let group = groups[row] < 0 ? undefined : byCode.get(groups[row])
    if (!group) {
      group = { rows: [], counts: [0, 0] }
      all.push(group)
      if (groups[row] >= 0) byCode.set(groups[row], group)
    }
    group.rows.push(row)
    group.counts[y[row]]++
  }
  const order = shuffle(Int32Array.from(all.keys()), createRandom(seed, 800))
  const unevenness = ({ counts: [negatives, positives] }: Group) => Math.abs(positives - negatives)
  return Array.from(order, (i) => all[i]).sort((a, b) => unevenness(b) - unevenness(a))
}

function checkEnough(groups: Group[], wanted: number): void {
  for (const label of [0, 1]) {
    const nGroups = groups.filter(({ counts }) => counts[label] > 0).length
    if (nGroups > 0 && nGroups < wanted) throw new AssayError('SPLIT_GROUPS_TOO_FEW', { label, nGroups, wanted })
  }
}
