/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054

/**
 * Lower end of the 95 % interval of an area under the ROC curve, from the area and the class sizes alone.
 *
 * The end is the t below the area A with  A − t = z·√( t(1 − t)·(1 + N(1 − t)/(2 − t) + N·t/(1 + t)) / (m·n) ),
 * N = (m + n)/2 − 1. Unlike an interval around the estimate it stays informative at A = 1: with 15 rows of each class a
 * perfect separation says "above 0.86", with 50 "above 0.96". That is what keeps small tables from raising alarms.
 * Source: Newcombe (2006), Statistics in Medicine 25, method 5. Found by bisection to 1e-6.
 * @param auc in [0.5, 1]
 * @param m, n rows of the two classes; with fewer than one of either the bound is 0
 */
export function aucLowerBound(auc: number, m: number, n: number): number {
  if (m < 1 || n < 1) return 0
  const pairs = (m + n) / 2 - 1
  const isBelow = (t: number) => {
    const spread = (t * (1 - t) * (1 + (pairs * (1 - t)) / (2 - t) + (pairs * t) / (1 + t))) / (m * n)
    return auc - t > Z * Math.sqrt(spread)
  }
  let [low, high] = [0, auc]
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return low
}
