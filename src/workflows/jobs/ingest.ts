import fs from 'node:fs'
import fsp from 'node:fs/promises'
import path from 'node:path'
import {
  applyCorrections,
  formatContract,
  hashDataset,
  PERSONAL_DATA_ROWS,
  profileDataset,
  qualityOf,
  readDataset,
  scanPersonalData,
  validateLanded,
  warnAboutProfile,
  type DatasetVersion,
  type DatasetWarning,
  type Landed,
  type SourceFacts,
  type Violation,
} from '../../data/index.ts'
import { openArtifacts, type ArtifactStore } from '../../platform/artifacts/index.ts'
import type { HmacKey } from '../../privacy/index.ts'
import type { DatasetSettings } from '../project/index.ts'
import type { Job } from './job.ts'
import { land } from './land.ts'

export type IngestInput = {
  settings: DatasetSettings
  artifactDir: string
  roots?: string[]
  /** of pseudonyms; wanted where the contract has the policy `pseudonymise` */
  privacyKey?: HmacKey
}

export type IngestOutput = {
  dataset: DatasetVersion
  contractYaml: string
  /** without examples: cells stand in artifacts only */
  violations: Omit<Violation, 'examples'>[]
  warnings: DatasetWarning[]
  /** where the data came from */
  sourceFacts: SourceFacts
  /** artifact with violations, their examples among them, and warnings: JSON */
  findingsArtifact: string
  /** artifact with the quarantined rows: JSON lines, `QuarantinedRow` each */
  quarantineArtifact: string
  /** artifact with the profile: JSON, `DatasetProfile` */
  profileArtifact: string
}

/** Reads a project's data, holds it against its contract and stores what is valid as an immutable dataset version. */
export const ingestJob: Job<IngestInput, IngestOutput> = {
  name: 'ingest',
  async run({ settings, artifactDir, roots, privacyKey }, context) {
    const artifacts = await openArtifacts(artifactDir)
    const directory = await makeWorkFolder(artifactDir)
    try {
      const { landed: source, contract, warnings } = await land({ settings, directory, roots }, context)
      const landed = await withCorrections(source, settings, { artifacts, directory })
      const { validPath, quarantinePath, violations, counts } = await validateLanded(landed, contract, {
        directory,
        privacyKey,
        progress: context.progress,
      })
      const profile = await profileDataset(validPath, contract, { directory, progress: context.progress })
      const found = await warnAboutProfile(profile, contract, { path: validPath, directory })
      const personal = scanPersonalData(await readDataset(validPath, { maxRows: PERSONAL_DATA_ROWS }), contract)
      const { id } = await hashDataset(validPath, { directory })
      const told = distinct([...warnings, ...found, ...personal])
      const keep = async (content: AsyncIterable<Uint8Array> | Uint8Array) => (await artifacts.put(content)).sha256
      return {
        dataset: {
          id,
          name: settings.name,
          nRows: profile.nRows,
          nColumns: profile.columns.length,
          contractVersion: contract.version,
          source: landed.source.location,
          parent: settings.corrections?.parent ?? null,
          artifact: await keep(fs.createReadStream(validPath)),
          createdAt: new Date().toISOString(),
          quality: qualityOf(counts),
          nQuarantined: counts.nQuarantined,
        },
        contractYaml: formatContract(contract),
        violations: violations.map(({ examples: _, ...violation }) => violation),
        warnings: told,
        sourceFacts: landed.source,
        findingsArtifact: await keep(json({ violations, warnings: told })),
        quarantineArtifact: await keep(fs.createReadStream(quarantinePath)),
        profileArtifact: await keep(json(profile)),
      }
    } finally {
      await fsp.rm(directory, { recursive: true, force: true })
    }
  },
}

/** The source as people have corrected it since; as it is where nobody has. */
async function withCorrections(
  landed: Landed,
  { corrections }: DatasetSettings,
  { artifacts, directory }: { artifacts: Pick<ArtifactStore, 'get'>; directory: string },
): Promise<Landed> {
  let corrected = landed
  for (const digest of corrections?.artifacts ?? []) {
    const given = JSON.parse(new TextDecoder().decode(await artifacts.get(digest)))
    corrected = await applyCorrections(corrected, given, { directory })
  }
  return corrected
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

/** What the inference and the profile both say is said once. */
function distinct(warnings: DatasetWarning[]): DatasetWarning[] {
  return warnings.filter(
    ({ code, column }, i) => warnings.findIndex((other) => other.code === code && other.column === column) === i,
  )
}

/** A folder beside the artifacts, so that raw data lies nowhere else; what a killed process leaves there is swept with them. */
export async function makeWorkFolder(artifactDir: string): Promise<string> {
  const parent = path.join(artifactDir, 'unfinished')
  await fsp.mkdir(parent, { recursive: true })
  return fsp.mkdtemp(path.join(parent, 'work-'))
}
