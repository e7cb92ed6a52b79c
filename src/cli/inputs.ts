import fs from 'node:fs/promises'
import { AssayError } from '../errors/index.ts'

export type Input = Record<string, unknown>

/**
 * Claims to be scored, from a text or a file.
 * @throws USAGE_INVALID unless exactly one of both is given, FILE_UNREADABLE when its content is not what its name says
 */
export async function readInputs({ text, file }: { text?: string; file?: string }): Promise<Input[]> {
  if ((text === undefined) === (file === undefined)) {
    throw new AssayError('USAGE_INVALID', { what: 'predict needs either --input JSON or --file FILE' })
  }
  if (text !== undefined) return parseInputs(text, '--input')
  return readFile(file!)
}

async function readFile(file: string): Promise<Input[]> {
  if (/\.csv(\.gz)?$/.test(file)) return readRows(file)
  const text = await fs.readFile(file, 'utf8').catch((cause: Error) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
  })
  if (!file.endsWith('.jsonl')) return parseInputs(text, file)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.flatMap((line, at) => parseInputs(line, `${file}, line ${at + 1}`))
}

function parseInputs(text: string, file: string): Input[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AssayError('FILE_UNREADABLE', { file, reason: (cause as Error).message }, { cause })
  }
  const inputs = Array.isArray(value) ? value : [(value as { inputs?: unknown } | null)?.inputs ?? value].flat()
  if (inputs.length > 0 && inputs.every((input) => typeof input === 'object' && input !== null))
    return inputs as Input[]
  throw new AssayError('FILE_UNREADABLE', { file, reason: 'wanted a JSON object, or an array of at least one' })
}

async function readRows(file: string): Promise<Input[]> {
  // Loaded only here: DuckDB takes longer to load than most commands take to answer.
  const { readCsv } = await import('../data/index.ts')
  const table = await readCsv({ path: file })
  return Array.from({ length: table.nRows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, cellOf(column.values[row])])),
  )
}

/** A gap is NaN in a column of numbers and null elsewhere. */
const cellOf = (value: unknown) => (Number.isNaN(value) ? null : (value ?? null))
