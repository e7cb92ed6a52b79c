import type { Command } from 'commander'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { ModelDetail } from '../../registry/index.ts'
import type { GlobalExplanation, PredictionExplanationAnswer } from '../../workflows/index.ts'
import type { Client } from '../client.ts'
import type { Context } from '../context.ts'

type Flags = { model?: string; version?: string; prediction?: string; feature?: string; top: number; html?: string }

/** What a command prints, and the report it writes; a report only where there is something to draw. */
type Told = { value: unknown; text: string; report?: () => string }

const help = `
Contributions are exact and add up: base value + contributions = raw score. Their unit is log-odds for gradient
boosting and logistic regression, points of probability (pp) for forests.

Examples:
  $ assay explain --model claims-denial                         what moves its score, of the champion
  $ assay explain --model claims-denial --feature amount        how the score follows one feature
  $ assay explain --model claims-denial --version 1.2.0 --html explanation.html
  $ assay explain --prediction 0197c4d2-6a1e-7c3b-9f00-2b7e4d1a8c55`

/** `assay explain`: how a model decides, or why one prediction came out as it did. */
export function addExplainCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('explain')
    .description('how a model decides, or why one prediction came out as it did')
    .option('--model <name>', 'the model to explain')
    .option('--version <version>', 'its version; by default the champion, or the newest where there is none')
    .option('--feature <name>', 'how the score follows this feature')
    .option('--prediction <id>', 'the logged prediction to explain')
    .option('--top <n>', 'features to show', countOf, 10)
    .option('--html <file>', 'also write it with its pictures to one HTML file')
    .addHelpText('after', help)
    .action(async (flags: Flags, command: Command) => {
      checkFlags(flags)
      const { shell, output, withServer } = connect(command)
      const told = await withServer((client) =>
        flags.prediction === undefined ? tellModel(client, flags) : tellPrediction(client, flags.prediction, flags.top),
      )
      if (flags.html !== undefined && told.report) {
        const file = path.resolve(shell.cwd, flags.html)
        await fs.writeFile(file, told.report()).catch((cause: Error) => {
          throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
        })
        output.note(`Written to ${file}`)
      }
      output.result(told.value, told.text)
    })
}

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new AssayError('USAGE_INVALID', { what: `--top is ${text}; wanted a whole number above 0.` })
}

function checkFlags({ model, version, feature, prediction }: Flags): void {
  if ((model === undefined) === (prediction === undefined)) {
    const given = model === undefined ? 'neither' : 'both'
    throw new AssayError('USAGE_INVALID', { what: `Wanted --model or --prediction; given ${given}.` })
  }
  if (prediction === undefined) return
  for (const [flag, value] of Object.entries({ version, feature }))
    if (value !== undefined) throw new AssayError('USAGE_INVALID', { what: `--${flag} goes with --model only.` })
}

async function tellModel(client: Client, { model, version, feature, top }: Flags): Promise<Told> {
  const at = `/models/${encodeURIComponent(model!)}`
  const wanted = version ?? (await usualVersion(client, at))
  const explanation = await client.get<GlobalExplanation>(`${at}/versions/${encodeURIComponent(wanted)}/explanation`)
  const { featureReport, modelReport } = await import('../explain/explain-report.ts')
  if (feature === undefined) {
    const { describeModel } = await import('../explain/describe-model.ts')
    const text = describeModel(explanation, top)
    return { value: explanation, text, report: () => modelReport(explanation, top) }
  }
  const { describeDependence, getFeature } = await import('../explain/describe-dependence.ts')
  const found = getFeature(explanation, feature)
  const text = describeDependence(explanation, found)
  const { unit } = explanation
  const value = { model, version: wanted, unit, ...found }
  return { value, text, report: () => featureReport(explanation, found) }
}

/** The champion, or the newest version where none is in production. */
async function usualVersion(client: Client, at: string): Promise<string> {
  const { champion, versions } = await client.get<ModelDetail>(at)
  return champion ?? versions[0].version
}

async function tellPrediction(client: Client, id: string, top: number): Promise<Told> {
  const answer = await client.get<PredictionExplanationAnswer>(`/predictions/${encodeURIComponent(id)}/explanation`)
  const { describePrediction } = await import('../explain/describe-prediction.ts')
  const text = describePrediction(answer, top)
  if (answer.erased) return { value: answer, text }
  const { predictionReport } = await import('../explain/explain-report.ts')
  return { value: answer, text, report: () => predictionReport(answer, top) }
}
