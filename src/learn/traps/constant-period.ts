import { adviceFor } from './advice.ts'
import { runningPositives, type TimeOrder } from './time-order.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** A shorter stretch hardly moves a model. */
const MIN_SHARE = 0.05
const MIN_ROWS = 30

/** How improbable such a stretch must be if outcomes came at random, wherever it begins: bursts of cases are usual. */
const CHANCE = 1e-9

export type ConstantPeriod = { label: 0 | 1; isNewest: boolean; trap: Trap }

/**
 * The longest stretch of time in which all outcomes are the same, where that is no luck: with a share p of the other
 * class, n·(1 − p)^L bounds the chance of L rows in a row. Labels were then not collected, or collected otherwise.
 */
export function findConstantPeriod({ y, time, target }: TrapInput, order: TimeOrder): ConstantPeriod | undefined {
  const { rows, starts } = order
  const sums = runningPositives(order, y)
  const n = rows.length
  const share = sums[n] / n
  let longest = { from: 0, to: 0, label: 0 as 0 | 1 }
  let from = 0
  let label: 0 | 1 | undefined
  for (let i = 0; i + 1 < starts.length; i++) {
    const [begin, end] = [starts[i], starts[i + 1]]
    const nPositive = sums[end] - sums[begin]
    const own = nPositive === 0 ? 0 : nPositive === end - begin ? 1 : undefined
    if (own === undefined || own !== label) from = begin
    label = own
    if (own !== undefined && end - from > longest.to - longest.from) longest = { from, to: end, label: own }
  }
  const length = longest.to - longest.from
  const ofOther = longest.label === 1 ? 1 - share : share
  const logChance = Math.log(n) + length * Math.log1p(-ofOther)
  if (length < Math.max(MIN_ROWS, MIN_SHARE * n) || length === n || logChance > Math.log(CHANCE)) return undefined
  const name = longest.label === 1 ? 'positive' : 'negative'
  const isNewest = longest.to === n
  const where = isNewest ? 'newest' : longest.from === 0 ? 'oldest' : 'following'
  const place = where === 'following' ? `After ${percent(longest.from / n)} of the rows in order of time, the` : 'The'
  const trap: Trap = {
    code: 'TARGET_CONSTANT_IN_PERIOD',
    severity: 'warn',
    evidence: {
      class: name,
      nRows: length,
      share: figure(length / n),
      fromTime: time![rows[longest.from]],
      toTime: time![rows[longest.to - 1]],
    },
    message: `${place} ${where} ${length} rows (${percent(length / n)}) are all ${name} in ${target}, where ${percent(ofOther)} of all rows are not: the outcome was not collected then, or otherwise.`,
    advice: adviceFor('TARGET_CONSTANT_IN_PERIOD'),
  }
  return { label: longest.label, isNewest, trap }
}
