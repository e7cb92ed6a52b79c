import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { diffDatasets, ruleFaults, type Contract, type DatasetDiff, type RuleFault } from '../../data/index.ts'
import type { Job } from './job.ts'

/** Files of two dataset versions, and the contract of the later. */
export type DiffInput = { from: string; to: string; contract: Contract }

/** What changed between two dataset versions. */
export const diffJob: Job<DiffInput, DatasetDiff> = {
  name: 'diff',
  run: ({ contract, ...files }) => inFolder((directory) => diffDatasets(files, contract, { directory })),
}

/** What is wrong with the SQL of a contract's rules. */
export const ruleFaultsJob: Job<{ contract: Contract }, RuleFault[]> = {
  name: 'rule-faults',
  run: ({ contract }) => inFolder((directory) => ruleFaults(contract, { directory })),
}

async function inFolder<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-contract-'))
  try {
    return await work(directory)
  } finally {
    await fs.rm(directory, { recursive: true })
  }
}
