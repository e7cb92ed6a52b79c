import { createHash, type Hash } from 'node:crypto'
import { openSession } from '../sql/session.ts'
import { readBatches, SOURCE_ROW, storedColumns, type StoredColumn } from '../sql/stored-columns.ts'

export type DatasetDigests = {
  /** what the dataset version is known by */
  id: string
  /** by column: two versions share those that are the same in both */
  columns: Record<string, string>
}

/**
 * SHA-256 of a dataset's content, streamed: of each column its values in order, and of the columns in order their names, types and
 * digests. Row order counts; where the rows came from, how the file is packed and how it is read in pieces do not. Numbers enter as
 * little-endian float64 with one NaN for all missing values and one zero; texts as the JSON strings of an array, so no two columns
 * share a serialisation.
 * @param directory for what DuckDB puts aside
 */
export async function hashDataset(path: string, { directory }: { directory: string }): Promise<DatasetDigests> {
  const { duck, close } = await openSession({ reads: [path], directory })
  try {
    const columns = (await storedColumns(duck, path)).filter(({ name }) => name !== SOURCE_ROW)
    const hashes = columns.map(() => createHash('sha256'))
    let nRows = 0
    for await (const batch of readBatches(duck, path, columns)) {
      columns.forEach((column, i) => update(hashes[i], column, batch.values[i]))
      nRows += batch.nRows
    }
    const digests = columns.map(({ name }, i) => [name, hashes[i].digest('hex')] as const)
    const whole = createHash('sha256').update(`${columns.length} ${nRows}\n`)
    columns.forEach(({ name, type }, i) => whole.update(`${JSON.stringify([name, type, digests[i][1]])}\n`))
    return { id: whole.digest('hex'), columns: Object.fromEntries(digests) }
  } finally {
    close()
  }
}

function update(hash: Hash, { kind }: StoredColumn, values: (number | string | null)[]): void {
  if (kind === 'text') {
    hash.update(JSON.stringify(values).slice(1, -1)).update(',')
    return
  }
  const numbers = new Float64Array(values.length)
  // Adding 0 makes 0 of -0.
  for (let i = 0; i < numbers.length; i++) numbers[i] = Number.isNaN(values[i]) ? NaN : (values[i] as number) + 0
  hash.update(new Uint8Array(numbers.buffer))
}
