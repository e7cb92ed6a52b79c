import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { AssayError } from '../errors/index.ts'

export type Input = Record<string, unknown>
/** `areTexts`: the cells are as a file of texts has them, numbers too. */
export type Inputs = { inputs: Input[]; areTexts: boolean }

/**
 * Claims to be scored, from a text or a file.
 * @throws USAGE_INVALID unless exactly one of both is given, FILE_UNREADABLE when its content is not what its name says
 */
export async function readInputs({ text, file }: { text?: string; file?: string }): Promise<Inputs> {
  if ((text === undefined) === (file === undefined)) {
    throw new AssayError('USAGE_INVALID', { what: 'predict needs either --input JSON or --file FILE' })
  }
  if (text !== undefined) return { inputs: parseInputs(text, '--input'), areTexts: false }
  if (/\.(csv|tsv|txt|dat)(\.gz)?$/i.test(file!)) return { inputs: await readRows(file!), areTexts: true }
  return { inputs: await readFile(file!), areTexts: false }
}

async function readFile(file: string): Promise<Input[]> {
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
  const { landSource, readDataset } = await import('../data/index.ts')
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-inputs-'))
  try {
    const { nRows, columns } = await readDataset((await landSource({ kind: 'csv', path: file }, { directory })).path)
    return Array.from({ length: nRows }, (_, row) =>
      Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
    )
  } finally {
    await fs.rm(directory, { recursive: true, force: true })
  }
}
