import { rocAucScore } from '../metrics/roc-auc-score.ts'
import type { Column } from '../table.ts'
import { adviceFor } from './advice.ts'
import { aucLowerBound } from './auc-bound.ts'
import { crossFit, crossFitParts, featureAuc } from './feature-score.ts'
import { findGiveawayLevels, type Giveaway } from './giveaway.ts'
import { findTellingMissingness, type Missingness } from './missingness.ts'
import { isTargetCopy } from './target-copy.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** No field known before the outcome ranks so well in practice; the lower end keeps small tables out. */
const LEAK = { auc: 0.99, lower: 0.95 }

/** Possible for an honest field, but so rare that a person should say so. */
const SUSPECT = { auc: 0.95, lower: 0.9 }

/** As suspicious as the above when all other columns together know far less: an honest signal leaves traces in others. */
const LONELY = { auc: 0.9, lower: 0.85, ofTheRest: 0.5 }

/**
 * Features that give the target away: copies of it (TARGET_COPY), columns that rank it almost without error by
 * themselves (TARGET_LEAK), that do so suspiciously well, carry nearly all there is or have values of one outcome only (TARGET_LEAK_SUSPECT), and columns
 * that are filled in for one class only (MISSINGNESS_TELLS_TARGET). A column is reported once, for the worst of these.
 *
 * Source: Kaufman et al. (2012), Leakage in data mining, ACM TKDD 6(4); the area is what deepchecks' single feature check
 * and learning.md ask for. O(columns x n log n).
 */
export function findTargetLeaks({ table, y, target, seed = 0 }: TrapInput): Trap[] {
  let nPositive = 0
  for (const label of y) nPositive += label
  const nNegative = y.length - nPositive
  if (nPositive === 0 || nNegative === 0) return []
  const { columns } = table
  const prior = logit(nPositive / y.length)
  const parts = crossFitParts(y.length, seed)
  const rest = new Float64Array(y.length)
  /** What the column adds to the log-odds of each row. */
  const addOdds = (column: Column, sign: 1 | -1, sums: Float64Array) => {
    const fit = crossFit(column, y, parts)
    const odds = fit.rates.map((rate) => sign * (logit(rate) - prior))
    for (let row = 0; row < y.length; row++) sums[row] += odds[fit.cells[row]]
    return fit
  }
  const areas = columns.map((column) => featureAuc(column, y, addOdds(column, 1, rest)))
  const nLevels = columns.reduce((sum, column) => sum + (column.kind === 'category' ? column.levels.length : 0), 0)
  return columns.flatMap((column, j) => {
    const copy = isTargetCopy(column, y, columns.length)
    if (copy) return [copyTrap(column.name, target, copy.nValues)]
    const auc = areas[j]
    const lower = aucLowerBound(auc, nPositive, nNegative)
    if (auc > LEAK.auc && lower >= LEAK.lower) return [leakTrap(column.name, target, { auc, lower })]
    const missingness = findTellingMissingness(column, y, columns.length)
    if (missingness) return [missingnessTrap(column.name, target, missingness)]
    const giveaway = column.kind === 'category' && findGiveawayLevels(column, y, nLevels)
    if (giveaway) return [giveawayTrap(column.name, target, giveaway)]
    if (auc < LONELY.auc || lower < LONELY.lower) return []
    const others = rest.slice()
    addOdds(column, -1, others)
    const found = { auc, lower, rest: rocAucScore(y, others) }
    const isLonely = columns.length > 1 && found.rest - 0.5 < LONELY.ofTheRest * (auc - 0.5)
    const isSuspect = (auc > SUSPECT.auc && lower >= SUSPECT.lower) || isLonely
    return isSuspect ? [suspectTrap(column.name, target, found)] : []
  })
}

const logit = (share: number): number => Math.log(share / (1 - share))

function copyTrap(column: string, target: string, nValues: number): Trap {
  return {
    code: 'TARGET_COPY',
    severity: 'block',
    column,
    evidence: { nValues },
    message: `${column} is ${target} under another name: each of its ${nValues} values stands with one outcome only.`,
    advice: adviceFor('TARGET_COPY'),
  }
}

function leakTrap(column: string, target: string, { auc, lower }: { auc: number; lower: number }): Trap {
  return {
    code: 'TARGET_LEAK',
    severity: 'block',
    column,
    evidence: { rocAuc: figure(auc), lower: figure(lower) },
    message: `${column} alone predicts ${target} almost without error (ROC-AUC ${auc.toFixed(3)}, at least ${lower.toFixed(3)}).`,
    advice: adviceFor('TARGET_LEAK'),
  }
}

function suspectTrap(
  column: string,
  target: string,
  { auc, lower, rest }: { auc: number; lower: number; rest: number },
): Trap {
  return {
    code: 'TARGET_LEAK_SUSPECT',
    severity: 'warn',
    column,
    evidence: { rocAuc: figure(auc), lower: figure(lower), rocAucOfTheRest: figure(rest) },
    message: `${column} alone predicts ${target} suspiciously well: ROC-AUC ${auc.toFixed(3)} (at least ${lower.toFixed(3)}); all other columns together reach ${rest.toFixed(3)}.`,
    advice: adviceFor('TARGET_LEAK_SUSPECT'),
  }
}

function giveawayTrap(column: string, target: string, { nValues, nRows, nRarer, covered }: Giveaway): Trap {
  return {
    code: 'TARGET_LEAK_SUSPECT',
    severity: 'warn',
    column,
    evidence: { nValues, nRows, share: figure(nRarer / nRows), covered: figure(covered) },
    message: `${nValues === 1 ? 'A value' : `${nValues} values`} of ${column} nearly always ${nValues === 1 ? 'stands' : 'stand'} with the rarer outcome of ${target}: ${nRarer} of ${nRows} rows, which is ${percent(covered)} of all rows with it.`,
    advice: adviceFor('TARGET_LEAK_SUSPECT'),
  }
}

function missingnessTrap(column: string, target: string, found: Missingness): Trap {
  const { auc, missingShareOfPositives, missingShareOfNegatives, giveaway } = found
  const shares = `missing in ${percent(missingShareOfPositives)} of the positive and ${percent(missingShareOfNegatives)} of the negative rows`
  const given =
    giveaway &&
    `; of the ${giveaway.nRows} rows where it is ${giveaway.side}, ${percent(giveaway.share)} are of the rarer class`
  return {
    code: 'MISSINGNESS_TELLS_TARGET',
    severity: 'warn',
    column,
    evidence: {
      rocAuc: figure(auc),
      missingShareOfPositives: figure(missingShareOfPositives),
      missingShareOfNegatives: figure(missingShareOfNegatives),
    },
    message: `Whether ${column} is filled in tells ${target}: ${shares}${given ?? ''}.`,
    advice: adviceFor('MISSINGNESS_TELLS_TARGET'),
  }
}
