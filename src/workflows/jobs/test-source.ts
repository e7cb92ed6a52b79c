import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { testSource, type SourceSpec, type SourceTest } from '../../data/index.ts'
import type { Job } from './job.ts'
import { sourceEnvironment } from './source-environment.ts'

/** Looks at a source: its columns and first rows, or what is wrong with it. Keeps nothing. */
export const testSourceJob: Job<{ source: SourceSpec; roots?: string[] }, SourceTest> = {
  name: 'test-source',
  async run({ source, roots }) {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-source-test-'))
    try {
      return await testSource(source, { directory, roots, env: sourceEnvironment(process.env) })
    } finally {
      await fs.rm(directory, { recursive: true, force: true })
    }
  },
}
