import { NODE_BYTES } from '../../kernels/index.ts'
import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../model/codec.ts'
import type { Model } from '../model/model.ts'
import { countBins, type ColumnBins, type Preparation } from '../preparation.ts'
import { ForestModel, signatureOf } from './forest-model.ts'
import { Forest, type FittedForestOptions } from './forest.ts'
import { resolveForestOptions } from './options.ts'
import { findTreeFault, type Trees } from './trees.ts'

/*
 * The body of a random forest:
 *
 *   edges    float32, feature by feature: as many as the header says for each number column
 *   starts   u32, two a tree
 *   sets     u32
 *   nodes    12 bytes each, as in kernels/wasm/node.ts
 */
type Header = ModelHeader & {
  target: string
  positive: string
  options: FittedForestOptions
  columns: (
    | { kind: 'number'; name: string; format?: 'date'; nEdges: number; min?: string; max?: string }
    | { kind: 'category'; name: string; levels: string[] }
  )[]
  nSetWords: number
  nNodes: number
}

export const forestCodec: ModelCodec<ForestModel> = {
  algorithm: 'random_forest',
  accepts: (model: Model): model is ForestModel => model instanceof ForestModel,

  encode(model): EncodedModel {
    const { preparation, trees } = model.forest
    const edges = preparation.flatMap((bins) => (bins.kind === 'number' ? [...bins.edges] : []))
    return { header: headerOf(model), parts: [Float32Array.from(edges), trees.starts, trees.sets, trees.nodes] }
  },

  decode(given, body) {
    const header = given as Header
    const { nThreads: _, ...options } = resolveForestOptions(header.options)
    const nEdges = header.columns.reduce((sum, column) => sum + (column.kind === 'number' ? column.nEdges : 0), 0)
    const lengths = { edges: 4 * nEdges, starts: 8 * options.nTrees, sets: 4 * header.nSetWords }
    const nodesAt = lengths.edges + lengths.starts + lengths.sets
    const wanted = nodesAt + NODE_BYTES * header.nNodes
    if (body.length !== wanted) throw modelBytesInvalid(`${body.length} bytes after the header`, `${wanted}`)
    const trees: Trees = {
      starts: new Uint32Array(body.buffer, lengths.edges, 2 * options.nTrees),
      sets: new Uint32Array(body.buffer, lengths.edges + lengths.starts, header.nSetWords),
      nodes: body.subarray(nodesAt),
    }
    const preparation = preparationOf(header, new Float32Array(body.buffer, 0, nEdges))
    const fault = findTreeFault(trees, preparation.map(countBins))
    if (fault) throw modelBytesInvalid(fault, 'trees that lead from a root to leaves')
    return new ForestModel(
      signatureOf(preparation, header.target, header.positive),
      new Forest(preparation, options, trees),
    )
  },
}

function headerOf(model: ForestModel): Header {
  const { preparation, options, trees } = model.forest
  const { nTrees, maxFeatures, minSamplesLeaf, maxDepth, maxBins, seed } = options
  return {
    algorithm: model.algorithm,
    target: model.signature.target,
    positive: model.signature.positive,
    options: { nTrees, maxFeatures, minSamplesLeaf, maxDepth, maxBins, seed },
    columns: preparation.map((bins) => {
      if (bins.kind === 'category') return { kind: bins.kind, name: bins.name, levels: bins.levels }
      const { kind, name, format, edges } = bins
      const common = { kind, name, ...(format ? { format } : {}), nEdges: edges.length }
      // As text, because JSON numbers have no Infinity.
      return bins.min === undefined ? common : { ...common, min: String(bins.min), max: String(bins.max) }
    }),
    nSetWords: trees.sets.length,
    nNodes: trees.nodes.length / NODE_BYTES,
  }
}

function preparationOf(header: Header, edges: Float32Array): Preparation {
  let at = 0
  return header.columns.map((column): ColumnBins => {
    if (column.kind === 'category') return column
    const { kind, name, format, nEdges } = column
    const bins = { kind, name, ...(format ? { format } : {}), edges: edges.slice(at, (at += nEdges)) }
    return column.min === undefined ? bins : { ...bins, min: Number(column.min), max: Number(column.max) }
  })
}
