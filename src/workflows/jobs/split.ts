import { gzipSync } from 'node:zlib'
import { makeSplit, parseContract, readDataset, type SplitMethod } from '../../data/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { Job } from './job.ts'
import { HOLD_OUT_KEY } from './learning-set.ts'
import { readFolds } from './training/read-folds.ts'

export type SplitInput = {
  /** file of the dataset version */
  artifact: string
  contractYaml: string
  artifactDir: string
  name: string
  method: SplitMethod
}

export type SplitOutput = {
  /** gzipped CSV `row,fold`: the row of the source, and the fold in which it is tested, -1 where it is only learned from */
  artifact: string
  /** rows in each part */
  counts: number[]
}

/** Divides the rows of a dataset version by a method, as a file that training takes for given folds. */
export const splitJob: Job<SplitInput, SplitOutput> = {
  name: 'split',
  async run({ artifact, contractYaml, artifactDir, name, method }) {
    const artifacts = await openArtifacts(artifactDir)
    const data = await readDataset(artifacts.path(artifact))
    const rows = data.sourceRows ?? Int32Array.from({ length: data.nRows }, (_, row) => row)
    const given = method.kind === 'given' ? await readFolds(method.source, rows) : undefined
    const foldOfRow = given && new Map(Array.from(rows, (row, i) => [row, given[i]]))
    const contract = parseContract(contractYaml)
    const { parts, counts } = makeSplit({ name, data, contract, method, key: HOLD_OUT_KEY, foldOfRow })
    // A hold-out has a training part (0), which is never tested, and a test part (1).
    const isHoldOut = method.kind === 'hash' || method.kind === 'time'
    const lines = Array.from(rows, (row, i) => `${row},${isHoldOut ? parts[i] - 1 : parts[i]}`)
    const { sha256 } = await artifacts.put(gzipSync(`row,fold\n${lines.join('\n')}\n`))
    return { artifact: sha256, counts }
  },
}
