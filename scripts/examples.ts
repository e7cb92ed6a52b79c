import { Command } from 'commander'
import { listExamples, readExpectation, type Kind } from './examples/expectation.ts'
import { runExample, type ExampleResult } from './examples/run-example.ts'
import { exampleTable } from './examples/table.ts'

/**
 * `npm run examples -- [NAME ...] [--configured|--bare] [--data-root FOLDER] [--json]`: runs the demo on each public data set, as
 * its example configures it and with nothing but the file and its target, and holds what it shows against
 * `examples/NAME/expected.yaml`. Exit code 0 only if nothing differs.
 */
const names = listExamples()
const program = new Command('examples')
  .description('Runs the demo on public data sets and compares with what was written down beforehand')
  .argument('[names...]', `of ${names.join(', ')}; all when none is given`)
  .option('--configured', 'only as the examples configure it')
  .option('--bare', 'only with the file and its target')
  .option('--data-root <folder>', 'folder of the data sets; the variable ASSAY_TEST_DATA when not given')
  .option('--json', 'print one JSON object')
  .parse()

type Flags = { configured?: boolean; bare?: boolean; dataRoot?: string; json?: boolean }
const flags = program.opts<Flags>()
const dataRoot = flags.dataRoot ?? process.env.ASSAY_TEST_DATA
if (!dataRoot) program.error('where are the data sets? Give --data-root FOLDER, or set ASSAY_TEST_DATA')
const unknown = program.args.filter((name) => !names.includes(name))
if (unknown.length > 0) program.error(`there is no example ${unknown.join(', ')}; wanted of ${names.join(', ')}`)

const kinds = (['configured', 'bare'] as Kind[]).filter((kind) => flags[kind] || (!flags.configured && !flags.bare))
const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())

const results: ExampleResult[] = []
for (const name of names.filter((candidate) => program.args.length === 0 || program.args.includes(candidate))) {
  for (const kind of kinds) {
    if (stopping.signal.aborted) break
    console.error(`${name}, ${kind}`)
    const at = { expectation: readExpectation(name), dataRoot: dataRoot! }
    results.push(await runExample({ name, kind }, at, stopping.signal))
  }
}
if (flags.json) console.log(JSON.stringify({ examples: results }))
else console.log(exampleTable(results))
if (results.length === 0 || results.some(({ differences }) => differences.length > 0)) process.exitCode = 1
