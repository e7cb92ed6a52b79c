import type { DuckDBConnection } from '@duckdb/node-api'
import { createHash } from 'node:crypto'
import { AssayError } from '../../../errors/index.ts'
import { identifier } from '../../duckdb/open.ts'
import type { Relation, SourceContext } from '../relation.ts'
import type { CsvSpec } from '../spec.ts'
import { openCsvFile } from './csv-relation.ts'
import { nameColumns } from './header.ts'

/**
 * A CSV source: one file, or several of equally many rows that stand beside each other, as data and labels sometimes come.
 * Facts of several: the digest is that of their digests, one a line.
 * @throws what `openCsvFile` throws, BESIDE_ROWS_DIFFER
 */
export async function openCsv(spec: CsvSpec, context: SourceContext, duck: DuckDBConnection): Promise<Relation> {
  const first = await openCsvFile(spec, context)
  if (!spec.beside?.length) return first
  // Rows are paired by their position: with several threads they would come in pieces of any order.
  await duck.run('set threads = 1')
  const relations = [first]
  for (const file of spec.beside)
    relations.push(await openCsvFile({ kind: 'csv', header: false, missing: spec.missing, ...file }, context))
  const nRows = await countRows(duck, first)
  for (const other of relations.slice(1)) {
    const nOther = await countRows(duck, other)
    if (nOther !== nRows)
      throw new AssayError('BESIDE_ROWS_DIFFER', {
        file: first.facts.location,
        nRows,
        beside: other.facts.location,
        nBeside: nOther,
      })
  }
  return join(first, relations)
}

async function countRows(duck: DuckDBConnection, relation: Relation): Promise<number> {
  try {
    const [[n]] = (await duck.runAndReadAll(`select count(*) from (${relation.select})`)).getRowsJS()
    return Number(n)
  } catch (error) {
    throw await relation.explain(error)
  }
}

function join(first: Relation, relations: Relation[]): Relation {
  const { names, warnings } = nameColumns(relations.flatMap(({ columns }) => columns.map(({ name }) => name)))
  const froms = relations.map(({ select, columns }, i) => {
    const renamed = columns.map((_, j) => identifier(`r${i}_${j}`)).join(', ')
    return `(${select}) as r${i}(${renamed})`
  })
  const cells = relations.flatMap(({ columns }, i) => columns.map((_, j) => identifier(`r${i}_${j}`)))
  const sha256 = createHash('sha256')
    .update(relations.map(({ facts }) => `${facts.sha256}\n`).join(''))
    .digest('hex')
  return {
    ...first,
    facts: {
      kind: 'csv',
      location: relations.map(({ facts }) => facts.location).join(' + '),
      sizeBytes: relations.reduce((sum, { facts }) => sum + (facts.sizeBytes ?? 0), 0),
      sha256,
    },
    columns: names.map((name) => ({ name, type: 'text' })),
    warnings: [...relations.flatMap((relation) => relation.warnings), ...warnings],
    select: `select ${cells.map((cell, i) => `${cell} as ${identifier(names[i])}`).join(', ')} from ${froms.join(' positional join ')}`,
  }
}
