import { Command, InvalidArgumentError } from 'commander'
import { describeMachine, type Row, type Suite } from './harness.ts'

/** `npm run bench -- SUITE [--json] [--quick]`: measures, beside the peer where it is installed. It judges nothing by its exit code. */
const suites: Record<string, () => Promise<{ suite: Suite }>> = {
  train: () => import('./train.ts'),
  predict: () => import('./predict.ts'),
  drift: () => import('./drift.ts'),
  serve: () => import('./serve.ts'),
  data: () => import('./data.ts'),
}
const names = Object.keys(suites).join(', ')

const program = new Command('bench')
  .description('Medians, and the ratio to the peer where it is installed: below 1 is better than the peer')
  .argument('<suite>', `one of ${names}`, (name) => {
    if (!(name in suites)) throw new InvalidArgumentError(`wanted one of ${names}`)
    return name
  })
  .option('--json', 'print one JSON object')
  .option('--quick', 'smaller data and fewer repetitions')
  .parse()

const { json, quick = false } = program.opts<{ json?: boolean; quick?: boolean }>()
const name = program.args[0]
const { suite } = await suites[name]()
const rows = await suite({ quick, note: (text) => console.error(text) })
const machine = describeMachine()
if (json) console.log(JSON.stringify({ suite: name, machine, rows }))
else {
  console.log(`${name}, on ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}`)
  for (const row of rows) console.log(describe(row))
}

function describe({ name, ours, unit, peer, theirs, ratio, bar, met }: Row): string {
  const beside = theirs === null ? '' : `   ${peer} ${short(theirs)} ${unit}, ratio ${ratio?.toFixed(2)}`
  const judged = bar === null ? '' : `   bar ${bar}: ${met ? 'met' : 'MISSED'}`
  return `  ${name.padEnd(46)}${short(ours).padStart(10)} ${unit}${beside}${judged}`
}

function short(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
