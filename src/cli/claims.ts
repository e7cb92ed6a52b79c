import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { DataColumn, SourceSpec } from '../data/index.ts'
import type { Client } from './client.ts'

export type Signature = {
  columns: { name: string; kind: 'number' | 'category'; format?: 'date' }[]
  target: string
  positive: string
}
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

/** Claims out of the source, as its contract takes them in, spread evenly over its valid rows. */
export async function sourceClaims(
  source: SourceSpec,
  contractYaml: string,
  signature: Signature,
): Promise<DemoClaim[]> {
  const { cellText, landSource, parseContract, readDataset, validateLanded } = await import('../data/index.ts')
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-demo-claims-'))
  try {
    const landed = await landSource(source, { directory, env: process.env })
    const { validPath } = await validateLanded(landed, parseContract(contractYaml), { directory })
    const { nRows, columns } = await readDataset(validPath)
    const cellOf = (column: DataColumn, row: number) =>
      column.kind === 'number' && column.format === undefined ? column.values[row] : cellText(column, row)
    const n = Math.min(N_CLAIMS, nRows)
    return Array.from({ length: n }, (_, i) => {
      const row = Math.floor((i * nRows) / n)
      return claimOf(Object.fromEntries(columns.map((column) => [column.name, cellOf(column, row)])), signature)
    })
  } finally {
    await fs.rm(directory, { recursive: true, force: true })
  }
}

/** Takes the columns that the model knows, in the kinds it knows them by. */
export function claimOf(row: Record<string, Cell>, { columns, target, positive }: Signature): DemoClaim {
  const input = Object.fromEntries(columns.map((column) => [column.name, cellFor(row[column.name], column)]))
  const outcome = row[target]
  return { input, label: isMissing(outcome) ? null : String(outcome) === positive ? 1 : 0 }
}

/** A cell in the kind that a column of a signature takes; a date is a text. What is no number stays, for the server to name. */
export function cellFor(value: Cell | undefined, { kind, format }: Signature['columns'][number]): Cell {
  if (isMissing(value)) return null
  if (kind === 'category' || format !== undefined) return String(value)
  const number = Number(value)
  return Number.isNaN(number) ? value : number
}

const isMissing = (value: Cell | undefined): value is null | undefined =>
  value === undefined || value === null || Number.isNaN(value)
