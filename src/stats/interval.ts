/** A figure with its uncertainty; `level` is the coverage, e.g. 0.95. */
export type Interval = { estimate: number; lower: number; upper: number; level: number }
