import { recordContract, recordDatasetVersion } from '../../data/index.ts'
import { dataQualityGates, summariseGates } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { ingestJob } from '../jobs/ingest.ts'
import { runJob } from '../jobs/run-job.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun } from './stage-results.ts'

/** Stage 3: reads the source, holds it against the contract, quarantines what breaks it, makes a dataset version. */
export const dataValidation =
  ({ config, artifacts }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { log } = context
    const result = await runJob(ingestJob, { project: projectOfRun(context), artifactDir: config.artifactDir }, context)
    const { dataset, violations, warnings } = result
    log('info', `${dataset.nRows} rows x ${dataset.nColumns} columns; dataset version ${dataset.id.slice(0, 12)}.`)
    if (dataset.nQuarantined > 0) log('warn', `${dataset.nQuarantined} rows break the contract and are in quarantine.`)
    for (const violation of violations) log('warn', `${violation.code}: ${violation.message} (${violation.count} rows)`)
    for (const warning of warnings) log('warn', `${warning.code}: ${warning.message}`)
    const gates = dataQualityGates(dataset.quality)
    const summary = summariseGates(gates)
    const quarantined = JSON.parse(new TextDecoder().decode(await artifacts.get(result.quarantineArtifact)))
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: result,
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
      facts: { datasetVersion: dataset.id },
      commit: async (tx) => {
        await recordContract(tx, { name: dataset.name, yaml: result.contractYaml })
        await recordDatasetVersion(tx, { ...dataset, actor: context.run.actor, quarantined })
      },
    }
  }
