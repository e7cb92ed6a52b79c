import type { Signature } from '../model/model.ts'
import type { ColumnBins, Preparation } from '../preparation.ts'

/** How the preparation of a tree model stands in the header of its bytes; the edges are a part of the body, one after another. */
export type ColumnHeader =
  | { kind: 'number'; name: string; format?: 'date'; nEdges: number; min?: string; max?: string }
  | { kind: 'category'; name: string; levels: string[] }

/** The preparation for the header. */
export function columnHeaders(preparation: Preparation): ColumnHeader[] {
  return preparation.map((bins) => {
    if (bins.kind === 'category') return { kind: bins.kind, name: bins.name, levels: bins.levels }
    const { kind, name, format, edges } = bins
    const common = { kind, name, ...(format ? { format } : {}), nEdges: edges.length }
    // As text, because JSON numbers have no Infinity.
    return bins.min === undefined ? common : { ...common, min: String(bins.min), max: String(bins.max) }
  })
}

/** The edges of all number columns, one after another. */
export function concatenateEdges(preparation: Preparation): Float32Array {
  return Float32Array.from(preparation.flatMap((bins) => (bins.kind === 'number' ? [...bins.edges] : [])))
}

/** How many edges the header speaks of. */
export function countEdges(columns: readonly ColumnHeader[]): number {
  return columns.reduce((sum, column) => sum + (column.kind === 'number' ? column.nEdges : 0), 0)
}

/** The preparation that was taken apart by `columnHeaders` and `concatenateEdges`. */
export function preparationFrom(columns: readonly ColumnHeader[], edges: Float32Array): Preparation {
  let at = 0
  return columns.map((column): ColumnBins => {
    if (column.kind === 'category') return column
    const { kind, name, format, nEdges } = column
    const bins = { kind, name, ...(format ? { format } : {}), edges: edges.slice(at, (at += nEdges)) }
    return column.min === undefined ? bins : { ...bins, min: Number(column.min), max: Number(column.max) }
  })
}

/** The columns of the signature follow from the preparation, so that the two cannot disagree. */
export function columnsOf(preparation: Preparation): Signature['columns'] {
  return preparation.map((bins): Signature['columns'][number] => {
    const { name, kind } = bins
    if (bins.kind === 'category') return { name, kind, required: true, levels: bins.levels }
    const format = bins.format ? { format: bins.format } : {}
    const range = bins.min === undefined ? {} : { min: bins.min, max: bins.max }
    return { name, kind, required: true, ...format, ...range }
  })
}
