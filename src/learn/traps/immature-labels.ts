import { adviceFor } from './advice.ts'
import { runningPositives, type TimeOrder } from './time-order.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** Newest shares of the rows that are held against earlier stretches of the same size. */
const WINDOWS = [0.02, 0.05, 0.1]
const MIN_EARLIER = 8

/** A share of positives may move; that it falls to 0.6 of the usual, and below every stretch before, is another matter. */
const FALLEN = 0.6
/** Standard errors below the usual share, which hold its ups and downs as well as the luck of so many rows. */
const DEVIATIONS = 4

/** Fewer positives in all show nothing. */
const MIN_POSITIVES = 50

/** With known delays: rows younger than this quantile of them, and the fall that then counts. */
const DELAY_QUANTILE = 0.95
const FALLEN_BY_DELAY = 0.8
const MIN_YOUNG = 30

/**
 * Newest rows whose outcomes are not known yet and are counted as negative, so that a model learns that what is new is
 * good. Where it is known when outcomes became known, from the delays; otherwise from a fall of the share of positives
 * in the newest rows that earlier stretches of time do not show.
 */
export function findImmatureLabels(input: TrapInput, order: TimeOrder): Trap | undefined {
  const sums = runningPositives(order, input.y)
  if (sums[sums.length - 1] < MIN_POSITIVES) return undefined
  return fromDelays(input, order) ?? fromFall(input, order, sums)
}

function fromDelays({ y, time, observedAt, target }: TrapInput, { rows }: TimeOrder): Trap | undefined {
  if (!time || !observedAt) return undefined
  const delays = Float64Array.from(
    rows.filter((row) => y[row] === 1),
    (row) => observedAt[row] - time[row],
  )
    .filter((delay) => delay >= 0)
    .sort()
  if (delays.length < MIN_POSITIVES) return undefined
  const wanted = delays[Math.min(delays.length - 1, Math.floor(DELAY_QUANTILE * delays.length))]
  let end = -Infinity
  for (const row of rows) end = Math.max(end, time[row], Number.isNaN(observedAt[row]) ? -Infinity : observedAt[row])
  const counts = { nYoung: 0, youngPositives: 0, nOld: 0, oldPositives: 0 }
  for (const row of rows)
    if (end - time[row] < wanted) {
      counts.nYoung++
      counts.youngPositives += y[row]
    } else {
      counts.nOld++
      counts.oldPositives += y[row]
    }
  const [young, usual] = [counts.youngPositives / counts.nYoung, counts.oldPositives / counts.nOld]
  const isFallen =
    young <= FALLEN_BY_DELAY * usual && deviations(young, usual, { n: counts.nYoung, between: 0 }) < -DEVIATIONS
  if (counts.nYoung < MIN_YOUNG || counts.nOld === 0 || !isFallen) return undefined
  return {
    code: 'LABELS_IMMATURE',
    severity: 'warn',
    evidence: {
      nRows: counts.nYoung,
      positiveShare: figure(young),
      positiveShareBefore: figure(usual),
      medianDelay: figure(delays[Math.floor(delays.length / 2)]),
      delayOf95Percent: figure(wanted),
    },
    message: `The newest ${counts.nYoung} rows are younger than the ${figure(wanted)} that 95 % of the positive outcomes took to become known; ${percent(young)} of them are positive in ${target}, of the older ones ${percent(usual)}.`,
    advice: adviceFor('LABELS_IMMATURE'),
  }
}

function fromFall({ target }: TrapInput, { rows, starts }: TimeOrder, sums: Float64Array): Trap | undefined {
  const n = rows.length
  for (const window of WINDOWS) {
    const ends = stretches(starts, n, window)
    const shares = ends.slice(1).map((end, i) => (sums[end] - sums[ends[i]]) / (end - ends[i]))
    const newest = shares.pop()
    const from = ends[ends.length - 2]
    if (newest === undefined || shares.length < MIN_EARLIER) continue
    const nNewest = n - from
    const usual = sums[from] / from
    const spread = varianceOf(shares) - (usual * (1 - usual)) / (window * n)
    const isBelowAll = shares.every((share) => newest < share)
    const z = deviations(newest, usual, { n: nNewest, between: Math.max(0, spread) })
    if (!isBelowAll || newest > FALLEN * usual || z > -DEVIATIONS) continue
    return {
      code: 'LABELS_IMMATURE',
      severity: 'warn',
      evidence: {
        nRows: nNewest,
        positiveShare: figure(newest),
        positiveShareBefore: figure(usual),
        deviations: figure(z),
      },
      message: `${percent(newest)} of the newest ${nNewest} rows are positive in ${target}, of those before ${percent(usual)}, and never so few in a stretch of that size: the newest outcomes may not be known yet.`,
      advice: adviceFor('LABELS_IMMATURE'),
    }
  }
  return undefined
}

/** Ends of stretches of about this share of the rows, cut between instants, counted back from the newest row; ascending. */
function stretches(starts: Int32Array, n: number, window: number): number[] {
  const ends = [n]
  for (let i = starts.length - 2; i >= 0; i--) if (ends[0] - starts[i] >= window * n) ends.unshift(starts[i])
  return ends
}

function deviations(share: number, usual: number, { n, between }: { n: number; between: number }): number {
  return (share - usual) / Math.sqrt((usual * (1 - usual)) / n + between)
}

function varianceOf(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
}
