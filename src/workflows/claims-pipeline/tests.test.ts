import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkJob } from '../jobs/check.ts'
import { projectOf } from '../project/index.ts'
import { failureOf } from './tests.ts'

let folder: string
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-checks-'))
})
afterAll(() => fs.rm(folder, { recursive: true }))

async function check(content: string) {
  const file = path.join(folder, 'claims.csv')
  await fs.writeFile(file, content)
  const project = await projectOf({ data: file, target: 'fraud' })
  const context = { log: () => {}, progress: () => {}, measure: () => {} }
  const { checks } = await checkJob.run({ project, artifactDir: path.join(folder, 'artifacts'), nThreads: 1 }, context)
  return checks
}

test('a target that is in no column is told with the columns that there are', async () => {
  const reason = failureOf(await check('a,b\n1,2\n3,4\n'))
  expect(reason).toMatch(
    /^2 of 3 checks failed\. contract: There is no column fraud; the data has a, b\. feature pipeline: /,
  )
})

test('why a check failed is told without the cell that it failed at', async () => {
  const checks = await check('name,fraud\nMarkerson,1,surplus\nX,0\n')
  expect(failureOf(checks)).toContain('line 2')
  expect(JSON.stringify(checks)).not.toMatch(/Markerson|surplus/)
})
