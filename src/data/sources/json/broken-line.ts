import { AssayError } from '../../../errors/index.ts'
import { decodeFile } from '../text/decode.ts'

const SHOWN_CHARACTERS = 20
const WANTED = 'one whole JSON object on each line'

/**
 * The first line that is no object, as an error that names its place; undefined when all lines are.
 * @param column where in that line reading stopped, from 1
 */
export async function findBrokenLine(textPath: string, file: string, column: number): Promise<AssayError | undefined> {
  let line = 0
  for await (const text of linesOf(textPath)) {
    line++
    if (text.trim() === '' || isObject(text)) continue
    const value = JSON.stringify(text.slice(Math.max(0, column - SHOWN_CHARACTERS), column))
    return new AssayError('ROW_BROKEN', { file, line, column, value, wanted: WANTED })
  }
  return undefined
}

/** Lines as DuckDB counts them. */
async function* linesOf(textPath: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of decodeFile(textPath, 'utf-8')) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') yield rest
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
