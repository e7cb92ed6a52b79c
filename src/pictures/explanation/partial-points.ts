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

/** A point that fewer rows lie at than this part of what an even spread would give it. */
const FEW = 0.2

/**
 * The curve in two, each with a break (undefined) where the other goes on: between points that rows lie at, and to and from points
 * that hardly any row lies at.
 */
export function byRows(points: DependencePoint[]): Record<'many' | 'few', (DependencePoint | undefined)[]> {
  const even = points.reduce((sum, { share }) => sum + share, 0) / points.length
  const isFew = (i: number) => Math.min(points[i].share, points[i + 1].share) < even * FEW
  const parts = { many: [] as (DependencePoint | undefined)[], few: [] as (DependencePoint | undefined)[] }
  for (const [i, point] of points.slice(0, -1).entries()) {
    const part = parts[isFew(i) ? 'few' : 'many']
    if (part.at(-1) !== point) part.push(undefined, point)
    part.push(points[i + 1])
  }
  return { many: points.length === 1 ? points : parts.many, few: parts.few }
}

/** The least value of ascending points at or below which half of the rows with a value lie. */
export function medianOf(points: DependencePoint[]): number | undefined {
  const half = points.reduce((sum, { share }) => sum + share, 0) / 2
  let sum = 0
  return points.find(({ share }) => (sum += share) >= half)?.value as number | undefined
}
