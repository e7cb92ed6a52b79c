import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { measureAnonymity, type AnonymityReport, type AnonymityRequest } from '../../data/index.ts'
import type { Job } from './job.ts'

export type AnonymityInput = { path: string; request: AnonymityRequest }

/** How well the rows of a dataset hide among rows that look the same. */
export const anonymityJob: Job<AnonymityInput, AnonymityReport> = {
  name: 'anonymity',
  async run({ path: file, request }) {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-anonymity-'))
    try {
      return await measureAnonymity(file, request, directory)
    } finally {
      await fs.rm(directory, { recursive: true })
    }
  },
}
