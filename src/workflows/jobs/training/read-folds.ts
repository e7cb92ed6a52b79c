import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { AssayError } from '../../../errors/index.ts'

/**
 * Given folds by row of the source file: `row,fold,...`, gzipped or not. A row of fold -1 is never tested.
 * @param rowNumbers source row of each dataset row (quarantined rows are not in the dataset)
 */
export async function readFolds(file: string, rowNumbers: Int32Array): Promise<Int16Array> {
  const bytes = await readFile(file).catch(() => {
    throw new AssayError('NOT_FOUND', { what: 'Folds file', id: file })
  })
  const text = (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header, ...lines] = text.trim().split('\n')
  const names = header.trim().split(',')
  const [rowAt, foldAt] = [names.indexOf('row'), names.indexOf('fold')]
  if (rowAt < 0 || foldAt < 0)
    throw new AssayError('FOLDS_INVALID', { file, reason: `columns are ${names.join(', ')}; wanted row and fold` })
  const foldOf = new Map<number, number>()
  for (const line of lines) {
    const cells = line.trim().split(',')
    foldOf.set(Number(cells[rowAt]), Number(cells[foldAt]))
  }
  return Int16Array.from(rowNumbers, (row) => {
    const fold = foldOf.get(row)
    if (fold === undefined || !Number.isInteger(fold) || fold < -1 || fold > 254)
      throw new AssayError('FOLDS_INVALID', { file, reason: `row ${row} has no fold` })
    return fold
  })
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b
