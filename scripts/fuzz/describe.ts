import type { FuzzCase } from './fuzz-case.ts'

/** Columns with more rows than this are named by their number of rows alone. */
const MAX_SHOWN = 60

/** A case as text from which it can be built again by hand. */
export function describeCase({ seed, task, algorithm, data, options, refusedWith }: FuzzCase): string {
  const { table, y, weights } = data
  const shown = (values: ArrayLike<number>): string =>
    values.length > MAX_SHOWN ? `${values.length} values` : `[${Array.from(values, text).join(', ')}]`
  const columns = table.columns.map((column) => {
    const name = JSON.stringify(column.name)
    if (column.kind === 'number') return `  number ${name} ${shown(column.values)}`
    const levels = column.levels.length > MAX_SHOWN ? `${column.levels.length} levels` : JSON.stringify(column.levels)
    return `  category ${name} ${shown(column.codes)} of ${levels}`
  })
  return [
    `seed ${seed}: ${task} ${algorithm} ${JSON.stringify(options)}${refusedWith ? `, to be refused with ${refusedWith}` : ''}`,
    `  ${table.nRows} rows, y ${shown(y)}${weights ? `, weights ${shown(weights)}` : ''}`,
    ...columns,
  ].join('\n')
}

function text(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
