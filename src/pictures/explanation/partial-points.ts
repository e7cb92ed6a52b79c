import { levelsOf } from './feature-value.ts'
import type { PartialDependenceInput } from './partial-dependence.ts'

/** What was found at one value of a feature; null is the missing one. */
export type DependencePoint = {
  /** Tells points apart. */
  name: string
  value: number | string | null
  mean: number
  /** Scores of single rows, in the same order at each point. */
  ice: number[]
  share: number
}

/** The grid, point by point: numbers rising, categories in the order of `levelsOf`, the missing value last. */
export function dependencePoints({ grid, mean, ice, share, missing, kind }: PartialDependenceInput): DependencePoint[] {
  const order =
    kind === 'number'
      ? grid.map((_, i) => i).toSorted((a, b) => Number(grid[a]) - Number(grid[b]))
      : levelsOf(grid).map((level) => grid.findIndex((value) => String(value) === level))
  const points = order.map((i) => ({
    name: `= ${grid[i]}`,
    value: grid[i],
    mean: mean[i],
    ice: ice.map((curve) => curve[i]),
    share: share[i],
  }))
  return missing === undefined
    ? points
    : [...points, { name: 'missing', value: null, ...missing, ice: missing.ice.slice(0, ice.length) }]
}
