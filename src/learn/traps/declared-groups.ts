import { adviceFor } from './advice.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** As for copies of rows: from here on a fold is no test of strangers, and from a hundredth on worth a word. */
const BLOCKING_SHARE = 0.05
const WARNING_SHARE = 0.01

/** Declared groups (persons, policies, households) that stand on both sides of the folds used. */
export function findSpanningGroups({ groups = [], folds }: TrapInput): Trap[] {
  if (!folds) return []
  return groups.flatMap(({ name, codes }): Trap[] => {
    const { nTested, nSpanning, nGroups } = countSpanning(codes, folds)
    const share = nTested === 0 ? 0 : nSpanning / nTested
    if (share < WARNING_SHARE) return []
    return [
      {
        code: 'GROUPS_SPAN_FOLDS',
        severity: share >= BLOCKING_SHARE ? 'block' : 'warn',
        column: name,
        evidence: { nTested, nSpanning, share: figure(share), nGroups },
        message: `${nSpanning} of ${nTested} tested rows (${percent(share)}) belong to a ${name} that also stands among the rows their model learns from: it is tested on cases it knows.`,
        advice: adviceFor('GROUPS_SPAN_FOLDS'),
      },
    ]
  })
}

/** Tested rows, and those whose group has a row outside of their fold. */
export function countSpanning(
  codes: Int32Array,
  folds: ArrayLike<number>,
): { nTested: number; nSpanning: number; nGroups: number } {
  const foldOf = new Map<number, number>()
  const SPANNING = -2
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) continue
    const fold = Math.max(-1, folds[row])
    const known = foldOf.get(codes[row])
    foldOf.set(codes[row], known === undefined || known === fold ? fold : SPANNING)
  }
  let nTested = 0
  let nSpanning = 0
  for (let row = 0; row < codes.length; row++) {
    if (folds[row] < 0) continue
    nTested++
    if (codes[row] >= 0 && foldOf.get(codes[row]) === SPANNING) nSpanning++
  }
  return { nTested, nSpanning, nGroups: foldOf.size }
}
