import fs from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  copyLinesWithoutSubject,
  copyWithoutSubject,
  countSubjectLines,
  countSubjectRows,
  hashDataset,
  parseContract,
  profileDataset,
  type SubjectMarks,
} from '../../data/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { Job } from './job.ts'

/** Files to look for a subject in. A file that is not there holds nothing. */
export type FindSubjectInput = { files: { path: string; columns: string[] }[]; values: string[] }

/** How many rows or lines of each file are the subject's. */
export const findSubjectJob: Job<FindSubjectInput, { counts: number[] }> = {
  name: 'find-subject',
  async run({ files, values }, { progress }) {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-subject-'))
    try {
      const counts: number[] = []
      for (const { path: file, columns } of files) {
        const marks = { columns, values }
        const format = await formatOf(file)
        if (format === 'parquet') counts.push(await countSubjectRows(file, marks, directory))
        else counts.push(format === 'text' ? await countSubjectLines(file, marks) : 0)
        progress(counts.length, files.length, 'files searched')
      }
      return { counts }
    } finally {
      await fs.rm(directory, { recursive: true })
    }
  },
}

export type WithoutSubjectInput = {
  artifact: string
  marks: SubjectMarks
  artifactDir: string
  /** of a dataset: a profile of the copy is stored too */
  contractYaml?: string
}
export type WithoutSubject = {
  artifact: string
  /** SHA-256 of the content of a dataset; empty for text */
  contentId: string
  profileArtifact: string | null
  nKept: number
  nLeftOut: number
}

/** Stores a copy of a dataset, or of a text of lines, without the subject's rows. */
export const withoutSubjectJob: Job<WithoutSubjectInput, WithoutSubject> = {
  name: 'without-subject',
  async run({ artifact, marks, artifactDir, contractYaml }) {
    const artifacts = await openArtifacts(artifactDir)
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-subject-'))
    const rest = path.join(directory, 'rest')
    try {
      const from = artifacts.path(artifact)
      if ((await formatOf(from)) !== 'parquet') {
        const { nKept, nLeftOut } = await copyLinesWithoutSubject(from, marks, rest)
        const { sha256 } = await artifacts.put(createReadStream(rest))
        return { artifact: sha256, contentId: '', profileArtifact: null, nKept, nLeftOut }
      }
      const counts = await copyWithoutSubject(from, marks, { path: rest, directory })
      const { sha256 } = await artifacts.put(createReadStream(rest))
      const { id: contentId } = await hashDataset(rest, { directory })
      const profile = contractYaml && (await profileDataset(rest, parseContract(contractYaml), { directory }))
      const profileArtifact = profile ? (await artifacts.put(Buffer.from(JSON.stringify(profile)))).sha256 : null
      return { artifact: sha256, contentId, profileArtifact, ...counts }
    } finally {
      await fs.rm(directory, { recursive: true })
    }
  },
}

const PARQUET_MAGIC = 'PAR1'

async function formatOf(file: string): Promise<'parquet' | 'text' | undefined> {
  const handle = await fs.open(file, 'r').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return undefined
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1', 0, bytesRead) === PARQUET_MAGIC ? 'parquet' : 'text'
  } finally {
    await handle.close()
  }
}
