import type { NumberColumn } from '../table.ts'
import { adviceFor } from './advice.ts'
import type { Copies } from './copies.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** Share of a class that repeats another row of it; plain double entry does not reach that, and does not choose a class. */
const COPIED = 0.2
const TIMES_THE_OTHER = 5

/** Decimals a measured value may have; with more, how finely it was measured cannot be seen. */
const MAX_DECIMALS = 4

/** A class is measured so finely when all but one in a thousand of its values are. */
const MEASURED = 0.999

/** Share of the other class's values that are finer than the first class is measured. */
const INTERPOLATED = 0.2

/** Fewer rows of a class show nothing. */
const MIN_ROWS = 30

/** A class with rows copied to make up for its rarity, before any split: the copies stand on both sides of every split. */
export function findCopiedClass({ y }: TrapInput, { keys }: Copies): Trap | undefined {
  const shares = [0, 1].map((label) => {
    const own = keys.filter((_, row) => y[row] === label)
    return own.length === 0 ? 0 : (own.length - new Set(own).size) / own.length
  })
  const label = shares[1] >= shares[0] ? 1 : 0
  const [share, other] = [shares[label], shares[1 - label]]
  if (share < COPIED || share < TIMES_THE_OTHER * other) return undefined
  const name = label === 1 ? 'positive' : 'negative'
  return {
    code: 'OVERSAMPLED',
    severity: 'block',
    evidence: { class: name, copiedShare: figure(share), copiedShareOfTheOther: figure(other) },
    message: `${percent(share)} of the ${name} rows repeat another one in every feature, of the others ${percent(other)}: the class was multiplied before the split.`,
    advice: adviceFor('OVERSAMPLED'),
  }
}

/**
 * A class with rows made between others (SMOTE and its kin): where one class is measured in whole units or cents, most of
 * the other's values lie between them. At least half of the columns that can show it must, so that one column which is
 * computed for one class alone does not count.
 */
export function findInterpolatedClass({ table, y }: TrapInput): Trap | undefined {
  const numbers = table.columns.filter((column) => column.kind === 'number')
  const found = [0, 1].map((label) => {
    const shares = numbers.flatMap((column) => {
      const share = finerShare(column, y, label)
      return share === undefined ? [] : [{ column: column.name, share }]
    })
    return { label, nTellable: shares.length, finer: shares.filter(({ share }) => share >= INTERPOLATED) }
  })
  const made = found.find(({ nTellable, finer }) => finer.length > 0 && finer.length >= nTellable / 2)
  if (!made) return undefined
  const name = made.label === 1 ? 'positive' : 'negative'
  const [worst] = made.finer.toSorted((a, b) => b.share - a.share)
  return {
    code: 'OVERSAMPLED',
    severity: 'block',
    evidence: { class: name, finerShare: figure(worst.share), nColumns: made.finer.length, of: made.nTellable },
    message: `The ${name} rows look made, not measured: in ${worst.column}, ${percent(worst.share)} of them have more decimals than the others ever do, and so in ${made.finer.length} of ${made.nTellable} number columns.`,
    advice: adviceFor('OVERSAMPLED'),
  }
}

/** Share of a class's values that are finer than the other class is measured; undefined where that cannot be seen. */
function finerShare({ values }: NumberColumn, y: Uint8Array, label: number): number | undefined {
  const present = (wanted: number) => values.filter((value, row) => y[row] === wanted && Number.isFinite(value))
  const [made, measured] = [present(label), present(1 - label)]
  if (made.length < MIN_ROWS || measured.length < MIN_ROWS) return undefined
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    const scale = 10 ** decimals
    if (shareOf(measured, scale) >= MEASURED) return 1 - shareOf(made, scale)
  }
  return undefined
}

/** Share of the values that are whole multiples of 1 / scale, up to the rounding of a double. */
function shareOf(values: Float64Array, scale: number): number {
  let n = 0
  for (const value of values) {
    const scaled = value * scale
    if (Math.abs(scaled - Math.round(scaled)) <= 1e-9 * Math.max(1, Math.abs(scaled))) n++
  }
  return n / values.length
}
