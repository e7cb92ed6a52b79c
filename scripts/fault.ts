import { Command, InvalidArgumentError } from 'commander'
import { killUnderLoad } from './fault/kill.ts'
import { isSound, type FaultReport } from './fault/report.ts'

/**
 * `npm run fault -- CASE [--times N] [--seed S] [--json]`: breaks Assay under load, in a home of its own, and counts what was
 * lost. Exit code 0 only if nothing was.
 */
const cases: Record<
  string,
  (options: { times: number; seed: number; note: (text: string) => void }) => Promise<FaultReport>
> = {
  kill: killUnderLoad,
}

const program = new Command('fault')
  .description('Breaks Assay under load and counts what was lost')
  .argument('<case>', `one of ${Object.keys(cases).join(', ')}`, (name) => {
    if (!(name in cases)) throw new InvalidArgumentError(`wanted one of ${Object.keys(cases).join(', ')}`)
    return name
  })
  .option('--times <n>', 'how often it is broken', wholeNumber, 10)
  .option('--seed <n>', 'decides the moments', wholeNumber, 1)
  .option('--json', 'print one JSON object')
  .parse()

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('wanted a whole number')
  return Number(text)
}

const options = program.opts<{ times: number; seed: number; json?: boolean }>()
const report = await cases[program.args[0]]({ ...options, note: (text) => console.error(text) })
if (options.json) console.log(JSON.stringify(report))
else for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(24)}${value}`)
if (!isSound(report)) process.exitCode = 1
