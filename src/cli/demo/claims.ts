import type { Client } from '../client.ts'

export type Signature = { columns: { name: string; kind: 'number' | 'category' }[]; target: string; positive: string }
type Cell = string | number | boolean | null
/** A claim as a caller would send it, and what is known of its outcome. */
export type DemoClaim = { input: Record<string, Cell>; label: 0 | 1 | null }

/** Enough for every feature's drift to be judged. */
const N_CLAIMS = 1_000
/** Claims that no model was trained on. */
const UNSEEN_SEED = 4_711

/** Claims for a model of the shipped kind, made by the running server. */
export async function generatedClaims(client: Client, signature: Signature): Promise<DemoClaim[]> {
  type Answer = { claims: Record<string, Cell>[] }
  const { claims } = await client.get<Answer>('/claims/generate', { n: N_CLAIMS, seed: UNSEEN_SEED })
  return claims.map((claim) => claimOf(claim, signature))
}

/** Claims out of the data file, spread evenly over it. */
export async function fileClaims(file: string, signature: Signature): Promise<DemoClaim[]> {
  const { readCsv } = await import('../../data/index.ts')
  const table = await readCsv({ path: file })
  const n = Math.min(N_CLAIMS, table.nRows)
  return Array.from({ length: n }, (_, i) => {
    const row = Math.floor((i * table.nRows) / n)
    return claimOf(Object.fromEntries(table.columns.map(({ name, values }) => [name, values[row]])), signature)
  })
}

/** Takes the columns that the model knows, in the kinds it knows them by. */
export function claimOf(row: Record<string, Cell>, { columns, target, positive }: Signature): DemoClaim {
  const input = Object.fromEntries(columns.map(({ name, kind }) => [name, cellOf(row[name], kind)]))
  const outcome = row[target]
  return { input, label: isMissing(outcome) ? null : String(outcome) === positive ? 1 : 0 }
}

function cellOf(value: Cell | undefined, kind: 'number' | 'category'): Cell {
  if (isMissing(value)) return null
  return kind === 'number' ? Number(value) : String(value)
}

const isMissing = (value: Cell | undefined): value is null | undefined =>
  value === undefined || value === null || Number.isNaN(value)
