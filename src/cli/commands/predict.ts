import type { Command } from 'commander'
import path from 'node:path'
import type { Context } from '../context.ts'
import { readInputs } from '../inputs.ts'
import { formatTable } from '../output.ts'

type Answer = {
  predictions: { id: string; score: number; decision: string; modelVersion: string; variant: string }[]
}

export function addPredictCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('predict <model>')
    .description('score claims with the champion of a model; every answer is logged and can be replayed')
    .option('--input <json>', 'one claim as a JSON object, or several as an array')
    .option('--file <file>', 'claims in a file: .csv, .json (an array) or .jsonl (one a line)')
    .option('--variant <name>', 'a variant of the deployment instead of the champion, e.g. staging')
    .addHelpText(
      'after',
      `\nExamples:\n  $ assay predict claims-denial --input '{"billed_amount": 1200, ...}'\n  $ assay predict claims-denial --file claims.csv --json > answers.json`,
    )
    .action(async (model: string, flags: { input?: string; file?: string; variant?: string }, command: Command) => {
      const { shell, output, withServerStarted } = connect(command)
      const file = flags.file && path.resolve(shell.cwd, flags.file)
      const inputs = await readInputs({ text: flags.input, file })
      const query = flags.variant ? `?variant=${encodeURIComponent(flags.variant)}` : ''
      const answer = await withServerStarted((client) =>
        client.post<Answer>(`/predict/${encodeURIComponent(model)}${query}`, { inputs }),
      )
      const rows = answer.predictions.map((p) => [p.id, Number(p.score.toFixed(6)), p.decision, p.modelVersion])
      output.result(answer, formatTable([['prediction', 'score', 'decision', 'version'], ...rows]))
    })
}
