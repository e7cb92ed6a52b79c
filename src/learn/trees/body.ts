import { NODE_BYTES } from '../../kernels/index.ts'
import { modelBytesInvalid } from '../model/codec.ts'
import { countBins, type Preparation } from '../preparation.ts'
import { columnHeaders, concatenateEdges, countEdges, preparationFrom, type ColumnHeader } from './columns.ts'
import { findTreeFault, type Trees } from './trees.ts'

/*
 * The body of a tree model:
 *
 *   edges    float32, feature by feature: as many as the header says for each number column
 *   starts   u32, two a tree
 *   sets     u32
 *   nodes    12 bytes each, as in kernels/wasm/node.ts
 *   shares   float32, of forests of several classes alone: of each class in each leaf
 */

/** What the header must say for the body to be read. */
export type TreeHeader = { columns: ColumnHeader[]; nSetWords: number; nNodes: number }

/** That part of the header. */
export function treeHeader(preparation: Preparation, trees: Trees): TreeHeader {
  const columns = columnHeaders(preparation)
  return { columns, nSetWords: trees.sets.length, nNodes: trees.nodes.length / NODE_BYTES }
}

/** The parts of the body, in order. */
export function treeParts(preparation: Preparation, trees: Trees): ArrayBufferView[] {
  return [concatenateEdges(preparation), trees.starts, trees.sets, trees.nodes]
}

/**
 * Preparation and trees of a body.
 * @param nTrees how many trees there are
 * @param isLeafValue what a leaf may say
 * @throws MODEL_BYTES_INVALID for a body of another length, and for trees that would lead an evaluator astray
 */
export function readTrees(
  header: TreeHeader,
  body: Uint8Array<ArrayBuffer>,
  nTrees: number,
  isLeafValue: (value: number) => boolean,
): { preparation: Preparation; trees: Trees } {
  const nEdges = countEdges(header.columns)
  const lengths = { edges: 4 * nEdges, starts: 8 * nTrees, sets: 4 * header.nSetWords }
  const nodesAt = lengths.edges + lengths.starts + lengths.sets
  const wanted = nodesAt + NODE_BYTES * header.nNodes
  if (body.length !== wanted) throw modelBytesInvalid(`${body.length} bytes after the header`, `${wanted}`)
  const trees: Trees = {
    starts: new Uint32Array(body.buffer, lengths.edges, 2 * nTrees),
    sets: new Uint32Array(body.buffer, lengths.edges + lengths.starts, header.nSetWords),
    nodes: body.subarray(nodesAt),
  }
  const preparation = preparationFrom(header.columns, new Float32Array(body.buffer, 0, nEdges))
  const fault = findTreeFault(trees, preparation.map(countBins), isLeafValue)
  if (fault) throw modelBytesInvalid(fault, 'trees that lead from a root to leaves')
  return { preparation, trees }
}
