import { AssayError } from '../../errors/index.ts'
import { NODE_BYTES } from '../../kernels/index.ts'
import { Forest, type FittedForestOptions } from '../forest/forest.ts'
import { resolveForestOptions } from '../forest/options.ts'
import { findTreeFault, type Trees } from '../forest/trees.ts'
import { countBins, type ColumnBins, type Preparation } from '../preparation.ts'
import { crc32 } from './crc32.ts'
import { ForestModel, signatureOf, type Model } from './model.ts'

/*
 * A model's bytes, little-endian throughout:
 *
 *   0   8 bytes  "ASSAYMDL"
 *   8   u32      version of this format, 1
 *   12  u32      bytes in all
 *   16  u32      CRC-32 of everything from byte 20
 *   20  u32      bytes of the header
 *   24  header   JSON in UTF-8, keys in fixed order, filled with spaces so that the next part starts on 8 bytes
 *       edges    float32, feature by feature: as many as the header says for each number column
 *       starts   u32, two a tree
 *       sets     u32
 *       nodes    12 bytes each, as in kernels/wasm/node.ts
 *
 * Nothing in it depends on time, machine or number of threads.
 */
const MAGIC = 'ASSAYMDL'
const VERSION = 1
const START_BYTES = 24

type Header = {
  algorithm: string
  target: string
  positive: string
  options: FittedForestOptions
  columns: (
    | { kind: 'number'; name: string; nEdges: number; min?: string; max?: string }
    | { kind: 'category'; name: string; levels: string[] }
  )[]
  nSetWords: number
  nNodes: number
}

/** The bytes of a model. The same model gives the same bytes, always and everywhere. O(bytes). */
export function serialiseModel(model: Model): Uint8Array {
  if (!(model instanceof ForestModel))
    throw new TypeError(`serialiseModel: ${model.algorithm} did not come from this library`)
  const { preparation, trees } = model.forest
  const header = new TextEncoder().encode(JSON.stringify(headerOf(model)))
  const bodyAt = roundUp(START_BYTES + header.length, 8)
  const edges = preparation.flatMap((bins) => (bins.kind === 'number' ? [...bins.edges] : []))
  const parts = [Float32Array.from(edges), trees.starts, trees.sets, trees.nodes]
  const sizeBytes = parts.reduce((sum, part) => sum + part.byteLength, bodyAt)
  const bytes = new Uint8Array(sizeBytes).fill(0x20, START_BYTES, bodyAt)
  bytes.set(new TextEncoder().encode(MAGIC))
  bytes.set(header, START_BYTES)
  let at = bodyAt
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  const view = new DataView(bytes.buffer)
  view.setUint32(8, VERSION, true)
  view.setUint32(12, sizeBytes, true)
  view.setUint32(20, bodyAt - START_BYTES, true)
  view.setUint32(16, crc32(bytes.subarray(20)), true)
  return bytes
}

/**
 * The model of these bytes; it predicts exactly as the one that was serialised. The bytes are copied. O(bytes).
 * @throws MODEL_BYTES_INVALID, saying what was found and what was expected
 */
export function loadModel(bytes: Uint8Array): Model {
  checkEnvelope(bytes)
  try {
    return readModel(bytes)
  } catch (cause) {
    // What passed the checksum but cannot be read was written by another program.
    if (cause instanceof AssayError && cause.code === 'MODEL_BYTES_INVALID') throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw invalid(`contents that do not fit (${reason})`, 'a model written by Assay', cause)
  }
}

function readModel(bytes: Uint8Array): Model {
  const headerEnd = START_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(20, true)
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(START_BYTES, headerEnd))
  const header = JSON.parse(json) as Header
  if (header.algorithm !== 'random_forest') throw invalid(`the algorithm ${header.algorithm}`, 'random_forest')
  const { nThreads: _, ...options } = resolveForestOptions(header.options)
  const nEdges = header.columns.reduce((sum, column) => sum + (column.kind === 'number' ? column.nEdges : 0), 0)
  const lengths = { edges: 4 * nEdges, starts: 8 * options.nTrees, sets: 4 * header.nSetWords }
  const nodesAt = lengths.edges + lengths.starts + lengths.sets
  const body = new Uint8Array(bytes.subarray(headerEnd))
  const wanted = nodesAt + NODE_BYTES * header.nNodes
  if (body.length !== wanted) throw invalid(`${body.length} bytes after the header`, `${wanted}`)
  const trees: Trees = {
    starts: new Uint32Array(body.buffer, lengths.edges, 2 * options.nTrees),
    sets: new Uint32Array(body.buffer, lengths.edges + lengths.starts, header.nSetWords),
    nodes: body.subarray(nodesAt),
  }
  const preparation = preparationOf(header, new Float32Array(body.buffer, 0, nEdges))
  const fault = findTreeFault(trees, preparation.map(countBins))
  if (fault) throw invalid(fault, 'trees that lead from a root to leaves')
  return new ForestModel(
    signatureOf(preparation, header.target, header.positive),
    new Forest(preparation, options, trees),
  )
}

/** Magic, version, length, checksum. */
function checkEnvelope(bytes: Uint8Array): void {
  if (bytes.length < START_BYTES) throw invalid(`${bytes.length} bytes`, `a model file of at least ${START_BYTES}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length))
  if (magic !== MAGIC) throw invalid(`a file that begins with ${JSON.stringify(magic)}`, JSON.stringify(MAGIC))
  const version = view.getUint32(8, true)
  if (version !== VERSION) throw invalid(`version ${version} of the format`, `version ${VERSION}`)
  const sizeBytes = view.getUint32(12, true)
  if (sizeBytes !== bytes.length) throw invalid(`${bytes.length} bytes`, `the ${sizeBytes} that were written`)
  const found = crc32(bytes.subarray(20))
  const wanted = view.getUint32(16, true)
  if (found !== wanted) throw invalid(`the checksum ${found.toString(16)}`, wanted.toString(16))
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
      const common = { kind: bins.kind, name: bins.name, nEdges: bins.edges.length }
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
    const bins = { kind: column.kind, name: column.name, edges: edges.slice(at, (at += column.nEdges)) }
    return column.min === undefined ? bins : { ...bins, min: Number(column.min), max: Number(column.max) }
  })
}

function invalid(found: string, expected: string, cause?: unknown): AssayError {
  return new AssayError('MODEL_BYTES_INVALID', { found, expected }, { cause })
}

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple
}
