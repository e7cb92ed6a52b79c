import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataDifferences } from '../scripts/examples/compare.ts'
import { listExamples, readExpectation, type Kind } from '../scripts/examples/expectation.ts'
import { requestOf } from '../scripts/examples/request.ts'
import { parseContract } from '../src/data/index.ts'
import { ingestJob } from '../src/workflows/jobs/ingest.ts'
import { loadProject, projectOf } from '../src/workflows/project/index.ts'

const dataRoot = process.env.ASSAY_TEST_DATA ?? ''
const why = dataRoot ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'
const names = listExamples()
const context = { log: () => {}, progress: () => {}, measure: () => {} }

test('there are examples', () => expect(names.length).toBeGreaterThan(5))

test.each(names)(
  '%s is a project whose contract names its target, its positive value and its protected columns',
  async (name) => {
    const { target, positive, protected: attributes, contractYaml } = await loadProject(name)
    const { columns } = parseContract(contractYaml!)
    expect(columns.find(({ role }) => role === 'target')).toMatchObject({ name: target, positive })
    const marked = columns.filter((column) => column.protected).map((column) => column.name)
    expect(marked).toEqual(expect.arrayContaining(attributes))
    expect(readExpectation(name).target).toBe(target)
  },
)

describe.skipIf(!dataRoot)(`on the real files${why}`, () => {
  let artifactDir: string
  beforeAll(async () => {
    artifactDir = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-examples-'))
  })
  afterAll(() => fs.rm(artifactDir, { recursive: true }))

  const kinds: Kind[] = ['configured', 'bare']
  test.each(names.flatMap((name) => kinds.map((kind) => [name, kind] as const)))(
    '%s, %s: warnings, broken rules and quarantine are those written down',
    async (name, kind) => {
      const expectation = readExpectation(name)
      const settings = await projectOf(requestOf(name, kind, { expectation, dataRoot }))
      const ingesting = ingestJob.run({ settings, artifactDir }, context)
      const { error } = expectation[kind]
      if (error !== undefined) return expect(ingesting).rejects.toThrow(error)
      const { dataset, warnings, violations } = await ingesting
      const shown = { rows: dataset.nRows, warnings, violations, quarantined: dataset.nQuarantined }
      expect(dataDifferences(expectation[kind], shown)).toEqual([])
    },
  )
})
