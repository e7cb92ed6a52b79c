import fs from 'node:fs'
import {
  hashDataset,
  inferLanded,
  landSource,
  profileDataset,
  validateLanded,
  type Contract,
  type Landed,
} from '../src/data/index.ts'

/** One measured piece of work of the suite `data`, in a process of its own, so that its peak of memory is its own. */
type Work =
  | { kind: 'validate'; landed: Landed; contract: Contract; directory: string }
  | { kind: 'profile-csv'; path: string; directory: string }

const work: Work = JSON.parse(process.argv[2])
const from = performance.now()
const answer = work.kind === 'validate' ? await validate(work) : await profileCsv(work)
const maxRssBytes = process.resourceUsage().maxRSS * 1024
console.log(JSON.stringify({ ms: performance.now() - from, maxRssBytes, ...answer }))

async function validate({ landed, contract, directory }: Work & { kind: 'validate' }) {
  const { counts, violations } = await validateLanded(landed, contract, { directory })
  return { nQuarantined: counts.nQuarantined, nViolations: violations.length }
}

/** From a file to its profile: landed, contract inferred, held against it, hashed, profiled. */
async function profileCsv({ path, directory }: Work & { kind: 'profile-csv' }) {
  const landed = await landSource({ kind: 'csv', path }, { directory })
  const { contract } = await inferLanded(landed, { dataset: 'bench' }, { directory })
  const { validPath } = await validateLanded(landed, contract, { directory })
  await hashDataset(validPath, { directory })
  const profile = await profileDataset(validPath, contract, { directory })
  return { nRows: profile.nRows, sizeBytes: fs.statSync(path).size }
}
