// Values to bins. A number's bin is how many edges lie below it, compared as float32; a missing one has the bin MISSING.

/** Bin of a missing value, for numbers and categories alike. Ordinary bins are 0..254. */
export const MISSING: u32 = 255

/** Bin of one value over `nEdges` ascending float32 edges: the number of edges < value; NaN gives MISSING. */
export function binNumber(value: f64, edges: usize, nEdges: u32): u32 {
  const v = <f32>value
  if (v != v) return MISSING
  let base = edges
  let left = nEdges
  while (left > 1) {
    const half = left >> 1
    base = load<f32>(base + ((<usize>(half - 1)) << 2)) < v ? base + ((<usize>half) << 2) : base
    left -= half
  }
  const bin = <u32>((base - edges) >> 2)
  return left == 1 && load<f32>(base) < v ? bin + 1 : bin
}

/** Bins of n float64 values, one byte each, written `stride` bytes apart: 1 fills a column, the row's width a table by rows. */
export function binNumbers(values: usize, n: u32, edges: usize, nEdges: u32, out: usize, stride: u32): void {
  const end = values + ((<usize>n) << 3)
  for (; values < end; values += 8, out += stride) store<u8>(out, binNumber(load<f64>(values), edges, nEdges))
}
