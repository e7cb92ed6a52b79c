import { adviceFor } from './advice.ts'
import type { Copies } from './copies.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** A fold with more copies of what was learned than this is not a test; below, it flatters by less than one might notice. */
const BLOCKING_SHARE = 0.05
const WARNING_SHARE = 0.01

/** Rows that stand in the table more than once. */
export function duplicateRows({ table, target }: TrapInput, copies: Copies): Trap {
  const share = copies.nExtra / table.nRows
  return {
    code: 'DUPLICATE_ROWS',
    severity: 'warn',
    evidence: {
      nCopies: copies.nExtra,
      share: figure(share),
      nPairs: copies.nPairs,
      nPairsByChance: figure(copies.expectedPairs),
    },
    message: `${copies.nExtra} of ${table.nRows} rows (${percent(share)}) repeat another row in every feature and in ${target}; coincidence explains about ${Math.round(copies.expectedPairs)} of them.`,
    advice: adviceFor('DUPLICATE_ROWS'),
  }
}

/** Tested rows that also stand among the rows their model learns from, for the folds that are used. */
export function duplicatesAcrossFolds({ folds }: TrapInput, { keys }: Copies): Trap[] {
  if (!folds) return []
  const foldsOfKey = new Map<number, number>()
  const MIXED = -2
  for (let row = 0; row < keys.length; row++) {
    const fold = Math.max(-1, folds[row])
    const known = foldsOfKey.get(keys[row])
    foldsOfKey.set(keys[row], known === undefined || known === fold ? fold : MIXED)
  }
  const tested = new Map<number, { nRows: number; nCopied: number }>()
  for (let row = 0; row < keys.length; row++) {
    const fold = folds[row]
    if (fold < 0) continue
    const counts = tested.get(fold) ?? { nRows: 0, nCopied: 0 }
    counts.nRows++
    if (foldsOfKey.get(keys[row]) === MIXED) counts.nCopied++
    tested.set(fold, counts)
  }
  const [worst] = [...tested].sort(([, a], [, b]) => b.nCopied / b.nRows - a.nCopied / a.nRows)
  if (!worst) return []
  const [fold, { nRows, nCopied }] = worst
  const share = nCopied / nRows
  if (share < WARNING_SHARE) return []
  return [
    {
      code: 'DUPLICATES_ACROSS_FOLDS',
      severity: share >= BLOCKING_SHARE ? 'block' : 'warn',
      evidence: { fold, nCopied, nTested: nRows, share: figure(share) },
      message: `${nCopied} of the ${nRows} rows tested in fold ${fold} (${percent(share)}) also stand among the rows their model learns from: there it recalls instead of predicting.`,
      advice: adviceFor('DUPLICATES_ACROSS_FOLDS'),
    },
  ]
}
