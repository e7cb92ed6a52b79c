import type { Session } from '../sql/session.ts'

/** Writes the rows of a query to a file. @returns how many */
export async function copyRows({ rows }: Session, { select, to }: { select: string; to: string }): Promise<number> {
  const [{ Count }] = await rows<{ Count: number }>(`copy (${select}) to ${to}`)
  return Count
}
