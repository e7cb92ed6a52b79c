import { Command, InvalidArgumentError } from 'commander'
import { describeMachine, type Extent, type Row, type Suite } from './harness.ts'

/**
 * `npm run bench -- SUITE... [--json] [--quick | --standard] [--only TEXT]`: measures, beside the peer where it is installed. Each row
 * is printed when it is measured. It judges nothing by its exit code.
 */
const suites: Record<string, () => Promise<{ suite: Suite }>> = {
  train: () => import('./train.ts'),
  predict: () => import('./predict.ts'),
  shap: () => import('./shap.ts'),
  large: () => import('./large.ts'),
  drift: () => import('./drift.ts'),
  serve: () => import('./serve.ts'),
  data: () => import('./data.ts'),
}
const names = Object.keys(suites).join(', ')

const program = new Command('bench')
  .description('Figures, and their ratio to the peer where it is installed: below 1 is better than the peer')
  .argument('<suites...>', `some of ${names}`, (name: string, before: string[] = []) => {
    if (!Object.hasOwn(suites, name)) throw new InvalidArgumentError(`wanted some of ${names}`)
    return [...before, name]
  })
  .option('--json', 'print one JSON object a line: the machine, then the rows')
  .option('--quick', 'smaller data and fewer repetitions')
  .option('--standard', 'the agreed sizes, within some twenty minutes for train, predict and shap')
  .option('--only <words>', 'measure only what has all these words in its name')
  .option('--data-root <folder>', 'folder of the public data sets', process.env.ASSAY_TEST_DATA)
  .parse()

type Given = { json?: boolean; quick?: boolean; standard?: boolean; only?: string; dataRoot?: string }
const { json, quick, standard, only = '', dataRoot } = program.opts<Given>()
const extent: Extent = quick ? 'quick' : standard ? 'standard' : 'full'
const words = only.split(' ').filter((word) => word !== '')
const machine = describeMachine()
if (json) console.log(JSON.stringify({ machine, extent }))
else console.log(`On ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; ${extent}`)

let nRows = 0
for (const name of program.processedArgs[0] as string[]) {
  const { suite } = await suites[name]()
  const wanted = (what: string): boolean => words.every((word) => what.includes(word))
  const note = (text: string): void => console.error(`  … ${text}`)
  for await (const row of await suite({ extent, wanted, dataRoot, note })) {
    nRows++
    console.log(json ? JSON.stringify({ suite: name, ...row }) : describe(name, row))
  }
}
if (nRows === 0) throw new Error(`Nothing was measured: no row has all of ${JSON.stringify(words)} in its name`)

function describe(suite: string, row: Row): string {
  const { what, ours, unit, peer, theirs, ratio, bar, met, processor, seeds, ratios, load, remark } = row
  const parts = [`${suite}: ${what}: ${short(ours)} ${unit}`]
  if (theirs !== null) parts.push(`${peer} ${short(theirs)} ${unit}, ratio ${ratio?.toFixed(2)}`)
  if (ratios.length > 1) parts.push(`by seed ${ratios.map((value) => value.toFixed(2)).join(' ')}`)
  if (bar !== null && met !== null) parts.push(`bar ${Number(bar.toFixed(3))}: ${met ? 'met' : 'MISSED'}`)
  if (processor) {
    const beside =
      processor.theirs === null ? '' : ` to ${short(processor.theirs)}, ratio ${processor.ratio?.toFixed(2)}`
    parts.push(`processor ${short(processor.ours)}${beside}`)
  }
  if (remark) parts.push(remark)
  parts.push(`${seeds} seed${seeds > 1 ? 's' : ''}, load ${load.toFixed(1)}`)
  return parts.join(' | ')
}

function short(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
