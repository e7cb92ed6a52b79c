import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { claimsContract, generateClaims, toDataColumns } from '../../claims/index.ts'
import {
  contentHash,
  formatContract,
  inferContract,
  measureQuality,
  parseContract,
  readCsv,
  scanPersonalData,
  takeDataRows,
  validateAgainst,
  warnAboutDataset,
  writeDataset,
  type Contract,
  type DataColumns,
  type DatasetVersion,
  type DatasetWarning,
  type Violation,
} from '../../data/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { DatasetSettings } from '../project/index.ts'
import type { Job, JobContext } from './job.ts'

export type IngestInput = { settings: DatasetSettings; artifactDir: string }

export type IngestOutput = {
  dataset: DatasetVersion
  contractYaml: string
  violations: Violation[]
  warnings: DatasetWarning[]
  /** artifact with the quarantined rows: JSON, `{ row, reasons, values }[]` */
  quarantineArtifact: string
}

const FIRST_SERVICE_DATE = '2026-01-01'

/** Reads a project's data, holds it against its contract and stores what is valid as an immutable dataset version. */
export const ingestJob: Job<IngestInput, IngestOutput> = {
  name: 'ingest',
  async run({ settings, artifactDir }, context) {
    const { columns, contract, source } = await readSource(settings, context)
    const artifacts = await openArtifacts(artifactDir)
    const validation = validateAgainst(contract, columns)
    const { violations, validRows, quarantined } = validation
    const valid = takeDataRows(columns, validRows)
    context.progress(1, 2, 'contract checked')
    const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'assay-ingest-')), 'dataset.parquet')
    await writeDataset(valid, file)
    const { sha256: artifact } = await artifacts.put(await fs.readFile(file))
    await fs.rm(path.dirname(file), { recursive: true })
    const quarantine = await artifacts.put(Buffer.from(JSON.stringify(quarantined)))
    context.progress(2, 2, 'dataset version stored')
    return {
      dataset: {
        id: contentHash(valid),
        name: settings.name,
        nRows: valid.nRows,
        nColumns: valid.columns.length,
        contractVersion: contract.version,
        source,
        artifact,
        createdAt: new Date().toISOString(),
        quality: measureQuality(columns, contract, validation),
        nQuarantined: quarantined.length,
      },
      contractYaml: formatContract(contract),
      violations,
      warnings: [...warnAboutDataset(valid, contract), ...scanPersonalData(valid, contract)],
      quarantineArtifact: quarantine.sha256,
    }
  },
}

type Source = { columns: DataColumns; contract: Contract; source: string }

/** The project's data as raw columns with the contract that applies: the committed one, else one inferred from the data. */
export async function readSource(
  settings: DatasetSettings,
  { log }: Pick<JobContext, 'log'>,
  limits: { maxRows?: number } = {},
): Promise<Source> {
  const { data } = settings
  const committed = settings.contractYaml ? parseContract(settings.contractYaml) : undefined
  if (data.kind === 'synthetic') {
    const n = Math.min(data.n, limits.maxRows ?? data.n)
    const claims = generateClaims({ n, seed: data.seed, startDate: FIRST_SERVICE_DATE })
    return {
      columns: toDataColumns(claims),
      contract: committed ?? claimsContract,
      source: `synthetic:${data.n}:${data.seed}`,
    }
  }
  const columns = await readCsv({
    path: settings.dataPath!,
    missing: data.missing,
    maxRows: limits.maxRows,
    contract: committed,
  })
  log('info', `${columns.nRows} rows x ${columns.columns.length} columns from ${settings.dataPath}.`)
  const { target, positive, drop, protected: protectedColumns, id, time } = settings
  const contract =
    committed ??
    inferContract({ dataset: settings.name, columns, target, positive, drop, protected: protectedColumns, id, time })
  return { columns, contract, source: `csv:${path.basename(settings.dataPath!)}` }
}
