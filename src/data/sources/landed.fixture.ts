import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { openDuckDb, quote } from '../duckdb/open.ts'
import type { Landed } from '../landed.ts'

/** A folder of this test file's own, removed after it. */
export function testFolder(): { path: string; write(content: string | Buffer, name?: string): string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-sources-'))
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  return {
    path: folder,
    write(content, name = 'given') {
      const file = path.join(folder, name)
      fs.writeFileSync(file, content)
      return file
    },
  }
}

/** The landed rows, as DuckDB reads them back in the order of the file's row numbers. */
export async function readLanded({ path: file }: Pick<Landed, 'path'>): Promise<unknown[][]> {
  const duck = await openDuckDb()
  try {
    const from = `read_parquet('${quote(file)}', file_row_number = true)`
    const read = await duck.runAndReadAll(`select * exclude (file_row_number) from ${from} order by file_row_number`)
    return read.getRowsJS().map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)))
  } finally {
    duck.closeSync()
  }
}

/** Makes a Parquet file of what a query gives. */
export async function writeParquet(select: string, file: string): Promise<string> {
  const duck = await openDuckDb()
  try {
    await duck.run(`copy (${select}) to '${quote(file)}' (format parquet)`)
    return file
  } finally {
    duck.closeSync()
  }
}
