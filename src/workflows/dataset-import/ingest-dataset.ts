import { recordContract, recordDatasetVersion } from '../../data/index.ts'
import { dataQualityGates, type GateResult } from '../../gates/index.ts'
import type { StepContext } from '../../pipelines/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { StageDeps } from '../claims-pipeline/deps.ts'
import { ingestJob, type IngestOutput } from '../jobs/ingest.ts'
import { runJob } from '../jobs/run-job.ts'
import type { DatasetSettings } from '../project/index.ts'

export type Ingested = { result: IngestOutput; gates: GateResult[]; record: (tx: Tx) => Promise<void> }

/** Reads a source, holds it against its contract and makes a dataset version, told in the run's log. `record` makes it known. */
export async function ingestDataset(
  context: StepContext,
  { config, keys }: Pick<StageDeps, 'config' | 'keys'>,
  settings: DatasetSettings,
): Promise<Ingested> {
  const { log } = context
  const result = await runJob(
    ingestJob,
    {
      settings,
      artifactDir: config.artifactDir,
      roots: config.dataRoots,
      privacyKey: keys.pseudonyms.current(),
    },
    context,
  )
  const { dataset, violations, warnings } = result
  if (settings.contractVersion !== undefined)
    log('info', `Held against version ${settings.contractVersion} of the contract of ${settings.name}.`)
  log('info', `${dataset.nRows} rows x ${dataset.nColumns} columns; dataset version ${dataset.id.slice(0, 12)}.`)
  if (dataset.nQuarantined > 0) log('warn', `${dataset.nQuarantined} rows break the contract and are in quarantine.`)
  for (const violation of violations) log('warn', `${violation.code}: ${violation.message} (${violation.count} rows)`)
  for (const warning of warnings) log('warn', `${warning.code}: ${warning.message}`)
  return {
    result,
    gates: dataQualityGates(dataset.quality),
    record: async (tx) => {
      const contractVersion = await recordContract(tx, { name: dataset.name, yaml: result.contractYaml })
      await recordDatasetVersion(tx, {
        ...dataset,
        contractVersion,
        actor: context.run.actor,
        sourceFacts: result.sourceFacts,
        profileArtifact: result.profileArtifact,
        findingsArtifact: result.findingsArtifact,
        quarantineArtifact: result.quarantineArtifact,
        correctionsArtifact: settings.corrections?.artifacts.at(-1),
      })
    },
  }
}
