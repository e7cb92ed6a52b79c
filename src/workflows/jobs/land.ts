import { claimsContract, generateClaims, toDataColumns } from '../../claims/index.ts'
import {
  inferLanded,
  landColumns,
  landSource,
  parseContract,
  type Contract,
  type DatasetWarning,
  type Landed,
} from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { ROW_ORDER, type DatasetSettings } from '../project/project.ts'
import type { JobContext } from './job.ts'
import { sourceEnvironment } from './source-environment.ts'

export type LandedData = { landed: Landed; contract: Contract; warnings: DatasetWarning[] }

export type LandRequest = {
  settings: DatasetSettings
  /** for the landed file and what does not fit into memory */
  directory: string
  /** the first rows only */
  maxRows?: number
  /** folders that files may be read from; every folder when left out, but then no symbolic link is followed */
  roots?: string[]
}

const FIRST_SERVICE_DATE = '2026-01-01'

/** Brings a project's data into one file, with the contract that applies: the committed one, else one inferred from the data. */
export async function land(request: LandRequest, { log, progress }: JobContext): Promise<LandedData> {
  const { settings, directory } = request
  const { data, time } = settings
  if (data.kind === 'dataset') throw new AssayError('NOT_FOUND', { what: 'Source of dataset version', id: data.id })
  const committed = settings.contractYaml ? parseContract(settings.contractYaml) : undefined
  if (data.kind === 'synthetic')
    return { landed: await landSynthetic(request, data), contract: committed ?? claimsContract, warnings: [] }
  const found = await landSource(data, {
    directory,
    maxRows: request.maxRows,
    roots: request.roots,
    env: sourceEnvironment(process.env),
    progress: (done, total) => progress(done, total ?? 0, `reading, ${Math.round(done / 2 ** 20)} MiB`),
  })
  const location = settings.sourceName ?? found.source.location
  const landed = { ...found, source: { ...found.source, location } }
  log('info', `${landed.nRows} rows x ${landed.columns.length} columns from ${landed.source.location}.`)
  if (committed) return { landed, contract: committed, warnings: landed.warnings }
  const hints = { ...settings, dataset: settings.name, time: time === ROW_ORDER ? undefined : time }
  const { contract, warnings } = await inferLanded(landed, hints, { directory })
  return { landed, contract, warnings: [...landed.warnings, ...warnings] }
}

async function landSynthetic(
  { directory, maxRows }: LandRequest,
  { n, seed }: { n: number; seed: number },
): Promise<Landed> {
  const claims = generateClaims({ n: Math.min(n, maxRows ?? n), seed, startDate: FIRST_SERVICE_DATE })
  const source = { kind: 'synthetic', location: `synthetic:${n}:${seed}`, sizeBytes: null, sha256: null }
  return landColumns(toDataColumns(claims), directory, source)
}
