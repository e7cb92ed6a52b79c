// What a histogram adds up over rows: how many distinct rows, their weight, and their weighted sum. The sum is that of the
// positive class for two classes, or of the (fixed-point) target for regression. All three are exact integers, so no result
// depends on the order of adding. A cell has one of two widths, a type parameter C of everything that handles cells:
//
//   u64    rows, weight and sum in 21 bits each: one addition updates all three. A row of the sample is one word that holds
//          its number (21 bits), its weight (10) and its label (1), and its cell follows from that word alone
//   v128   one word of 28 bits for rows and 36 for the weight, one word for the signed sum. A row of the sample is its
//          number; its cell lies in a table
//
// The first is for two classes, fewer than 2^21 rows and weights that are times drawn; the other is for everything else.

const NARROW_BITS: u64 = 21
const NARROW_MASK: u64 = (1 << NARROW_BITS) - 1
const ROW_BITS: u64 = 28
const ROW_MASK: u64 = (1 << ROW_BITS) - 1

/** Bytes of a cell as a power of two. */
@inline
export function cellShift<C>(): usize {
  return isVector<C>() ? 4 : 3
}

/** The empty cell. */
@inline
export function noCell<C>(): C {
  if (isVector<C>()) return i64x2.splat(0)
  return <C>0
}

@inline
export function addCells<C>(a: C, b: C): C {
  if (isVector<C>()) return i64x2.add(a, b)
  return <C>(a + b)
}

@inline
export function subtractCells<C>(a: C, b: C): C {
  if (isVector<C>()) return i64x2.sub(a, b)
  return <C>(a - b)
}

@inline
export function isEmpty<C>(cell: C): bool {
  if (isVector<C>()) return i64x2.extract_lane(cell, 0) == 0
  return cell == 0
}

/** The word of a row of the sample. A wide one says the row alone. */
@inline
export function rowWord<C>(row: u32, weight: u32, label: u32): u32 {
  if (isVector<C>()) return row
  return row | (weight << 21) | (label << 31)
}

/** Number of the row that a word stands for. */
@inline
export function rowOf<C>(word: u32): usize {
  if (isVector<C>()) return <usize>word
  return <usize>(word & 0x1fffff)
}

/** The cell of a narrow word. */
@inline
export function cellOfWord(word: u32): u64 {
  const weight = <u64>(word & 0x7fe00000)
  return 1 + weight + ((weight << NARROW_BITS) & (0 - <u64>(word >> 31)))
}

/** The wide cell of one row of this weight, whose sum is weight x value. */
@inline
export function wideCell(weight: u64, value: i64): v128 {
  return i64x2.replace_lane(i64x2.splat(<i64>(1 | (weight << ROW_BITS))), 1, <i64>weight * value)
}

/** How many distinct rows. */
@inline
export function samplesOf<C>(cell: C): u32 {
  if (isVector<C>()) return <u32>(<u64>i64x2.extract_lane(cell, 0) & ROW_MASK)
  return <u32>(<u64>cell & NARROW_MASK)
}

@inline
export function weightOf<C>(cell: C): f64 {
  if (isVector<C>()) return <f64>(<i64>(<u64>i64x2.extract_lane(cell, 0) >> ROW_BITS))
  return <f64>(<i32>((<u64>cell >> NARROW_BITS) & NARROW_MASK))
}

@inline
export function sumOf<C>(cell: C): f64 {
  if (isVector<C>()) return <f64>i64x2.extract_lane(cell, 1)
  return <f64>(<i32>(<u64>cell >> (2 * NARROW_BITS)))
}
