import type { Kernels } from '../../kernels/index.ts'
import { binsOfCodes, type ColumnBins, type Preparation } from '../preparation.ts'
import type { Column } from '../table.ts'

/** Memory of the kernels that binning reads and writes. */
export type BinSpace = {
  kernels: Kernels
  /** Edges of all number features, one after another. */
  edges: Float32Array
  /** Room for the numbers of one call. */
  values: Float64Array
}

/** Where a feature's bins go: `out[offset + i * stride]` for the i-th row. */
export type BinTarget = { out: Uint8Array; offset: number; stride: number }

/** Index of each feature's first edge in the concatenated edges, and their number at the end. */
export function edgeOffsets(preparation: Preparation): number[] {
  const offsets = [0]
  for (const bins of preparation) offsets.push(offsets.at(-1)! + (bins.kind === 'number' ? bins.edges.length : 0))
  return offsets
}

/** Copies the edges of all number features to their place. */
export function writeEdges(preparation: Preparation, edges: Float32Array): void {
  const offsets = edgeOffsets(preparation)
  preparation.forEach((bins, f) => {
    if (bins.kind === 'number') edges.set(bins.edges, offsets[f])
  })
}

/** Writes the bins of rows [begin, end) of one column. */
export type ColumnBinner = (begin: number, end: number, target: BinTarget) => void

/** The binner of column f, whose kind has been checked against the preparation. */
export function columnBinner(space: BinSpace, bins: ColumnBins, firstEdge: number, column: Column): ColumnBinner {
  if (column.kind === 'number') {
    const { kernels, edges, values } = space
    const nEdges = bins.kind === 'number' ? bins.edges.length : 0
    const edgesAt = edges.byteOffset + 4 * firstEdge
    return (begin, end, { out, offset, stride }) => {
      values.set(column.values.subarray(begin, end))
      kernels.binNumbers(values.byteOffset, end - begin, edgesAt, nEdges, out.byteOffset + offset, stride)
    }
  }
  const binOfCode = bins.kind === 'category' ? binsOfCodes(bins, column.levels) : new Uint8Array()
  return (begin, end, { out, offset, stride }) => {
    for (let row = begin, at = offset; row < end; row++, at += stride) out[at] = binOfCode[column.codes[row] + 1]
  }
}
