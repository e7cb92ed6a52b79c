import type { Command } from 'commander'
import path from 'node:path'
import type { Context } from '../context.ts'
import type { Client } from '../client.ts'
import { cellFor, type Signature } from '../claims.ts'
import { readInputs, type Input } from '../inputs.ts'
import { formatTable } from '../output.ts'

type Answer = {
  predictions: { id: string; score: number; decision: string; modelVersion: string; variant: string }[]
}

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
    .addHelpText(
      'after',
      `\nExamples:\n  $ assay predict claims-denial --input '{"billed_amount": 1200, ...}'\n  $ assay predict claims-denial --file claims.csv --json > answers.json`,
    )
    .action(async (model: string, flags: { input?: string; file?: string; variant?: string }, command: Command) => {
      const { shell, output, withServerStarted } = connect(command)
      const file = flags.file && path.resolve(shell.cwd, flags.file)
      const { inputs, areTexts } = await readInputs({ text: flags.input, file })
      const query = flags.variant ? `?variant=${encodeURIComponent(flags.variant)}` : ''
      const answer = await withServerStarted(async (client) => {
        const typed = areTexts ? await asClaims(client, model, inputs) : inputs
        return client.post<Answer>(`/predict/${encodeURIComponent(model)}${query}`, { inputs: typed })
      })
      const rows = answer.predictions.map((p) => [p.id, Number(p.score.toFixed(6)), p.decision, p.modelVersion])
      output.result(answer, formatTable([['prediction', 'score', 'decision', 'version'], ...rows]))
    })
}

/** Rows of texts in the kinds that the model takes; columns that it does not know are left out. */
async function asClaims(client: Client, model: string, rows: Input[]): Promise<Input[]> {
  const at = `/models/${encodeURIComponent(model)}`
  const { champion, versions } = await client.get<{ champion: string | null; versions: Version[] }>(at)
  const { signature } = versions.find(({ version }) => version === champion) ?? versions[0]
  return rows.map((row) => {
    const known = signature.columns.filter(({ name }) => name in row)
    return Object.fromEntries(known.map((column) => [column.name, cellFor(row[column.name] as string, column)]))
  })
}
