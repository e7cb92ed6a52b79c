/** Points of a series that are all kept; from there on ever fewer are, so that what is kept grows as the logarithm of what comes. */
const EACH_STRIDE = 100

export type Point = { x: number; y: number }

export type Thinner = {
  /** @returns whether the point is kept */
  take(point: Point): boolean
  /** The last point, unless it was kept: the end of a series always shows. */
  end(): Point | undefined
}

/**
 * Thins a series while it comes, without knowing how long it will be: all of the first 100 points are kept, then 100 with every
 * second, 100 with every fourth, and so on. 1,000 points leave about 340, a million about 1,300. It is the beginning that stays dense,
 * where curves turn.
 */
export function createThinner(): Thinner {
  let stride = 1
  let nKept = 0
  let nSkipped = 0
  let last: Point | undefined
  return {
    take(point) {
      last = point
      if (++nSkipped < stride) return false
      nSkipped = 0
      last = undefined
      if (++nKept % EACH_STRIDE === 0) stride *= 2
      return true
    },
    end() {
      const left = last
      last = undefined
      return left
    },
  }
}
