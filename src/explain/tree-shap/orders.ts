/**
 * a! b! / (a + b + 1)!: the share of all orders of a + b + 1 players in which one of them comes behind these a and before these b.
 * O(b).
 */
export function shareOfOrders(a: number, b: number): number {
  let share = 1 / (a + b + 1)
  for (let k = 1; k <= b; k++) share *= k / (a + k)
  return share
}
