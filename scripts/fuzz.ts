import { Command, InvalidArgumentError } from 'commander'
import { describeCase } from './fuzz/describe.ts'
import { makeCase } from './fuzz/fuzz-case.ts'
import { findFault } from './fuzz/laws.ts'
import { shrink } from './fuzz/shrink.ts'

/**
 * `npm run fuzz -- [--from SEED] [--count N] [--parallel N]`: random small tables through training, scoring, saving and loading. A
 * failing seed is printed with the smallest case found for it; `--from SEED --count 1` does it again. Exit code 0 only if all held.
 */
const program = new Command('fuzz')
  .description('Trains on random small tables of every kind and checks what must be true of each model')
  .option('--from <seed>', 'the first seed', wholeNumber, 0)
  .option('--count <n>', 'how many seeds', wholeNumber, 10_000)
  .option('--parallel <n>', 'trainings at the same time', wholeNumber, 2)
  .option('--max-faults <n>', 'ends after so many', wholeNumber, 5)
  .parse()

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('wanted a whole number')
  return Number(text)
}

const { from, count, parallel, maxFaults } = program.opts<Record<'from' | 'count' | 'parallel' | 'maxFaults', number>>()
const began = performance.now()
const failed: number[] = []
let next = from
let nDone = 0
let nRefused = 0

async function work(): Promise<void> {
  while (next < from + count && failed.length < maxFaults) {
    const fuzzCase = makeCase(next++)
    const fault = await findFault(fuzzCase)
    nDone++
    if (fuzzCase.refusedWith) nRefused++
    if (fault !== undefined) {
      failed.push(fuzzCase.seed)
      console.error(`FAILED ${fault.slice(0, 2_000)}\n${describeCase(fuzzCase)}\n${again(fuzzCase.seed)}`)
    }
    if (nDone % 500 === 0) console.error(`${nDone} of ${count} in ${seconds()} s, ${failed.length} failed`)
  }
}

await Promise.all(Array.from({ length: Math.max(1, parallel) }, work))
for (const seed of failed) {
  const { fuzzCase, fault } = await shrink(makeCase(seed))
  console.log(`\nSmallest case found: ${fault.slice(0, 2_000)}\n${describeCase(fuzzCase)}\n${again(seed)}`)
}
if (nDone === 0) throw new Error('Nothing was tried: --count is to be at least 1')
console.log(`${nDone} cases (${nRefused} of them to be refused) in ${seconds()} s, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

/** How to run one case by itself. */
function again(seed: number): string {
  return `Again: npm run fuzz -- --from ${seed} --count 1`
}

function seconds(): string {
  return ((performance.now() - began) / 1_000).toFixed(1)
}
