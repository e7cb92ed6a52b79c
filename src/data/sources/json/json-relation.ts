import type { DuckDBConnection } from '@duckdb/node-api'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AssayError } from '../../../errors/index.ts'
import { identifier, quote } from '../../duckdb/open.ts'
import type { LandedColumn, LandedType } from '../../landed.ts'
import type { DatasetWarning } from '../../warnings.ts'
import { checkFile } from '../file.ts'
import type { Relation, SourceContext } from '../relation.ts'
import type { JsonLinesSpec } from '../spec.ts'
import { decodeFile } from '../text/decode.ts'
import { inspectText, readHead, type FileFaults } from '../text/inspect-text.ts'
import { findBrokenLine } from './broken-line.ts'

const MAX_OBJECT_BYTES = 2 ** 26

/**
 * JSON, one object a line, or one array of objects. Its columns are the keys of all objects, in the order in which they come up;
 * a key that an object lacks is missing there. A key with numbers alone is a number, with several kinds of values a text; what is
 * nested is the text of its JSON. Gzipped files are read as they are.
 * @param shown how errors name the file
 * @throws NOT_FOUND, FILE_UNREADABLE, SOURCE_EMPTY, JSON_BROKEN, ROW_BROKEN, UNPACKED_TOO_LARGE
 */
export async function openJson(
  spec: JsonLinesSpec,
  context: SourceContext,
  duck: DuckDBConnection,
  shown = spec.path,
): Promise<Relation> {
  const file = await checkFile(spec.path, context.roots)
  const faults: FileFaults = {
    empty: (reason) => new AssayError('SOURCE_EMPTY', { source: shown, reason }),
    broken: (reason, cause) => new AssayError('JSON_BROKEN', { file: shown, reason }, { cause }),
  }
  const text = await inspectText(file, context.workDirectory, faults)
  const isConverted = text.encoding !== 'utf-8'
  const textPath = isConverted ? path.join(context.workDirectory, `plain-${randomUUID()}`) : text.textPath
  if (isConverted) await pipeline(Readable.from(decodeFile(text.textPath, text.encoding)), createWriteStream(textPath))
  const format = await formatOf(textPath, faults)
  const explain = async (error: unknown) => {
    if (error instanceof AssayError) return error
    const found =
      format === 'newline_delimited' ? await findBrokenLine(textPath, shown, byteOf(error as Error)) : undefined
    return found ?? faults.broken(reasonOf(error as Error), error)
  }
  try {
    const columns = await findColumns(duck, { textPath, format }, faults)
    const sha256 = text.sha256
    return {
      facts: { kind: 'jsonl', location: shown, sizeBytes: file.sizeBytes, sha256 },
      columns,
      warnings: isConverted ? [converted(text.encoding)] : [],
      select: selectTyped({ textPath, format }, columns),
      explain,
      emptyError: () => faults.empty('it holds no objects'),
    }
  } catch (error) {
    throw await explain(error)
  }
}

type JsonFile = { textPath: string; format: 'newline_delimited' | 'array' }

async function formatOf(textPath: string, faults: FileFaults): Promise<JsonFile['format']> {
  const start = (await readHead(textPath, 65_536)).toString('utf8').replace('\uFEFF', '').trimStart()
  if (start === '') throw faults.empty('it has blank lines only')
  if (start.startsWith('{')) return 'newline_delimited'
  if (start.startsWith('[')) return 'array'
  throw faults.broken('it begins with neither { nor [; wanted one object a line, or an array of objects')
}

const reader = (name: string, { textPath, format }: JsonFile, more = '') =>
  `${name}('${quote(textPath)}', format = '${format}', maximum_object_size = ${MAX_OBJECT_BYTES}, compression = 'uncompressed'${more})`

/** Two passes: which keys there are and of which kinds, then whether numbers fit into a number. */
async function findColumns(duck: DuckDBConnection, file: JsonFile, faults: FileFaults): Promise<LandedColumn[]> {
  const answer = await duck.runAndReadAll(
    `select json_group_structure(json)::varchar, bool_and(json_type(json) = 'OBJECT') from ${reader('read_json_objects', file)}`,
  )
  const [structure, areObjects] = answer.getRowsJS()[0]
  if (structure === null) throw faults.empty('it holds no objects')
  const kinds = JSON.parse(structure as string) as string | Record<string, unknown>
  if (!areObjects) throw faults.broken('not every line or item is an object; wanted objects only')
  if (typeof kinds === 'string') throw faults.empty('its objects have no keys')
  refuseLikeNames(Object.keys(kinds), faults)
  const numeric = Object.keys(kinds).filter((name) => isNumeric(kinds[name]))
  const types = await findNumberTypes(duck, file, numeric)
  return Object.entries(kinds).map(([name, kind]) => ({
    name,
    type: types.get(name) ?? (kind === 'BOOLEAN' ? 'boolean' : 'text'),
  }))
}

const isNumeric = (kind: unknown) => typeof kind === 'string' && /^(U?BIGINT|HUGEINT|DOUBLE)$/.test(kind)

/** Integers beyond 2^53 and numbers beyond 1.8e308 stay texts: as numbers they would be others. */
async function findNumberTypes(
  duck: DuckDBConnection,
  file: JsonFile,
  names: string[],
): Promise<Map<string, LandedType>> {
  if (names.length === 0) return new Map()
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')
  const checks = names.flatMap((name) => {
    const cell = identifier(name)
    const isInteger = `regexp_full_match(${cell}, '-?[0-9]{1,16}') and abs(try_cast(${cell} as bigint)) <= ${Number.MAX_SAFE_INTEGER}`
    const isNumber = `isfinite(try_cast(${cell} as double)) and (not regexp_full_match(${cell}, '-?[0-9]+') or (${isInteger}))`
    return [isInteger, isNumber].map((check) => `bool_and(${cell} is null or coalesce(${check}, false))`)
  })
  const from = reader('read_json', file, `, columns = {${columns}}`)
  const answers = (await duck.runAndReadAll(`select ${checks.join(', ')} from ${from}`)).getRowsJS()[0]
  return new Map(
    names.map((name, i) => [name, answers[2 * i] ? 'integer' : answers[2 * i + 1] ? 'number' : 'text'] as const),
  )
}

function refuseLikeNames(names: string[], faults: FileFaults): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const like = seen.get(name.toLowerCase())
    if (like !== undefined) throw faults.broken(`the keys ${like} and ${name} differ in capitals only; rename one`)
    seen.set(name.toLowerCase(), name)
  }
}

const landedAs: Record<LandedType, string> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}

function selectTyped(file: JsonFile, columns: LandedColumn[]): string {
  const typed = columns.map(({ name, type }) => `${literal(name)}: '${landedAs[type]}'`).join(', ')
  return `select * from ${reader('read_json', file, `, columns = {${typed}}`)}`
}

const literal = (name: string) => `'${quote(name)}'`

function converted(encoding: string): DatasetWarning {
  return { code: 'ENCODING_CONVERTED', message: `The file is ${encoding}, not UTF-8; it was converted.` }
}

/** Where in its line the fault is, from 1; of the line itself DuckDB says another number. */
function byteOf({ message }: Error): number {
  return Number(/at byte (\d+) in line/.exec(message)?.[1] ?? 1)
}

/** DuckDB's own words, without the object that it shows: that is data. */
function reasonOf({ message }: Error): string {
  const repeated = /in line (\d+):.* has duplicate key "(.*)"/.exec(message)
  if (repeated) return `the object of line ${repeated[1]} has the key ${repeated[2]} twice`
  const place = /at byte \d+ in (?:line|record\/value) \d+: [\w ]+/.exec(message)
  return place ? `${place[0]}; wanted an array of objects` : message.split(/[{\n]/)[0]
}
