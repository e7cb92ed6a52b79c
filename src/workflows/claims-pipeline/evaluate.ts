import {
  challengerGate,
  explanationGate,
  fairnessGates,
  leakageGates,
  notConfigured,
  performanceGates,
  stabilityGate,
  summariseGates,
  type GateResult,
} from '../../gates/index.ts'
import { recordReference } from '../../monitoring/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { findChampion, recordExplanation, recordGates, registerVersion, versionSubject } from '../../registry/index.ts'
import { evaluateJob, type EvaluateOutput } from '../jobs/evaluate.ts'
import { runJob } from '../jobs/run-job.ts'
import { loadModel } from '../../learn/index.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'
import { withWaivers } from './with-waivers.ts'

/** Stage 7: judges the model on the hold-out, registers it as a version in development and holds it against every gate. */
export const evaluate =
  ({ db, artifacts, config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = projectOfRun(context)
    const trained = resultOf(context, 'full_train')
    const [best] = trained.leaderboard
    const ingested = resultOf(context, 'data_validation')
    const champion = await findChampion(db, project.model)
    const evaluated = await runJob(
      evaluateJob,
      {
        project,
        dataset: ingested,
        artifactDir: config.artifactDir,
        artifact: trained.artifact,
        threshold: trained.decision!.threshold,
        champion: champion && { version: champion.version, artifact: champion.artifact },
      },
      context,
    )
    const judged = [
      ...leakageGates([...ingested.traps, ...(trained.timeSplit?.trap ? [trained.timeSplit.trap] : [])]),
      ...gatesOf(project.gates, evaluated, best.cv.rocAuc.standardDeviation),
    ]
    const gates = await withWaivers(context, { db }, judged)
    for (const gate of gates)
      context.log(gate.verdict === 'blocked' ? 'error' : 'info', `${gate.verdict}  ${gate.title}: ${gate.reason}`)
    const summary = summariseGates(gates)
    const version = await context.effect('register', async (tx) => {
      const { signature } = loadModel(await artifacts.get(trained.artifact))
      const registered = await registerVersion(tx, {
        model: project.model,
        artifact: trained.artifact,
        sizeBytes: trained.sizeBytes,
        algorithm: trained.algorithm,
        signature,
        metrics: evaluated.metrics,
        threshold: evaluated.threshold,
        datasetVersion: ingested.dataset.id,
        runId: trained.trackingRunId,
        pipelineRunId: context.run.id,
        cv: best.cv,
        leaderboard: trained.leaderboard,
        curves: evaluated.curves,
        decision: trained.decision,
        importance: evaluated.importance,
        fairness: evaluated.fairness,
        createdBy: context.run.actor,
      })
      const { model, version } = registered
      await recordGates(tx, { subject: versionSubject(model, version), gates, artifact: trained.artifact })
      const { explanation } = evaluated
      if (explanation)
        await recordExplanation(tx, { model, version }, { ...explanation, datasetVersion: ingested.dataset.id })
      await recordReference(tx, { model, version, features: evaluated.reference, importance: evaluated.importance })
      return version
    })
    context.log('info', `${project.model} ${version} is registered in development.`)
    const { reference: _, ...kept } = evaluated
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: { ...kept, version, gates },
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
      facts: { modelVersion: version },
    }
  }

function gatesOf(
  settings: Record<string, { threshold: number; severity?: 'block' | 'warn' }>,
  { metrics, challenger, fairness, importance }: EvaluateOutput,
  foldDeviation: number | undefined,
): GateResult[] {
  return [
    ...performanceGates(settings, metrics),
    stabilityGate(foldDeviation),
    challengerGate(challenger),
    ...fairnessGates(fairness),
    explanationGate(importance),
    notConfigured('model_review', 'Model review', 'The model review is not set up in this installation.'),
    notConfigured('reason_codes', 'Reason codes', 'There is no dictionary of reason codes for this model.'),
    notConfigured('alert_channel', 'Alert channel', 'No alert channel is configured.'),
  ]
}
