import type { Command } from 'commander'
import path from 'node:path'
import type { Context } from '../context.ts'
import type { Client } from '../client.ts'
import { cellFor, type Signature } from '../claims.ts'
import { readInputs, type Input, type Inputs } from '../inputs.ts'
import { formatTable } from '../output.ts'
import { namedSubjects, type SubjectFlags } from '../subjects.ts'

type Answer = {
  predictions: { id: string; score: number; decision: string; modelVersion: string; variant: string }[]
}

type Flags = SubjectFlags & { input?: string; file?: string; variant?: string }

type Version = { version: string; signature: Signature }

export function addPredictCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('predict <model>')
    .description('score claims with the champion of a model; every answer is logged and can be replayed')
    .option('--input <json>', 'one claim as a JSON object, or several as an array')
    .option(
      '--file <file>',
      'claims in a file: .csv (columns that the model does not know are left out), .json (an array) or .jsonl (one a line)',
    )
    .option('--variant <name>', 'a variant of the deployment instead of the champion, e.g. staging')
    .option(
      '--subject <id>',
      'whom all claims are about: they are sealed under that person’s key, and erasure finds them',
    )
    .option(
      '--subject-column <name>',
      'the column or key that names whom each claim is about, empty for nobody; no input unless the model knows it',
    )
    .addHelpText(
      'after',
      `\nExamples:\n  $ assay predict claims-denial --input '{"billed_amount": 1200, ...}'\n  $ assay predict claims-denial --file claims.csv --json > answers.json\n  $ assay predict claims-denial --file claims.csv --subject-column member_id`,
    )
    .action(async (model: string, flags: Flags, command: Command) => {
      const { shell, output, withServerStarted } = connect(command)
      const file = flags.file && path.resolve(shell.cwd, flags.file)
      const { inputs, areTexts } = await readInputs({ text: flags.input, file })
      const subjects = namedSubjects(flags, inputs)
      const query = flags.variant ? `?variant=${encodeURIComponent(flags.variant)}` : ''
      const answer = await withServerStarted(async (client) => {
        const claims = await asClaims(client, model, { inputs, areTexts, subjectColumn: flags.subjectColumn })
        return client.post<Answer>(`/predict/${encodeURIComponent(model)}${query}`, { inputs: claims, ...subjects })
      })
      const rows = answer.predictions.map((p) => [p.id, Number(p.score.toFixed(6)), p.decision, p.modelVersion])
      output.result(answer, formatTable([['prediction', 'score', 'decision', 'version'], ...rows]))
    })
}

type Given = Inputs & Pick<SubjectFlags, 'subjectColumn'>

/**
 * Inputs as the model takes them: rows of texts in its kinds, without columns that it does not know; JSON as it is, but for a column of
 * persons that the model does not know.
 */
async function asClaims(client: Client, model: string, { inputs, areTexts, subjectColumn }: Given): Promise<Input[]> {
  if (!areTexts && subjectColumn === undefined) return inputs
  const { columns } = await signatureOf(client, model)
  if (areTexts)
    return inputs.map((row) => {
      const known = columns.filter(({ name }) => name in row)
      return Object.fromEntries(known.map((column) => [column.name, cellFor(row[column.name] as string, column)]))
    })
  if (columns.some(({ name }) => name === subjectColumn)) return inputs
  return inputs.map((input) => Object.fromEntries(Object.entries(input).filter(([name]) => name !== subjectColumn)))
}

async function signatureOf(client: Client, model: string): Promise<Signature> {
  const at = `/models/${encodeURIComponent(model)}`
  const { champion, versions } = await client.get<{ champion: string | null; versions: Version[] }>(at)
  return (versions.find(({ version }) => version === champion) ?? versions[0]).signature
}
