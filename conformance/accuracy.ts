/*
 * Accuracy beside scikit-learn and LightGBM on the given folds of the public data sets:
 *
 *   node conformance/accuracy.ts <folder of the data sets> [--seeds 10] [--sets adult,german] [--algorithms random_forest] [--json]
 *
 * Prints one table (or JSON) and ends with 1 when ROC-AUC or log-loss is worse by the rule: they say how well a model ranks and how
 * right its probabilities are. PR-AUC and Brier loss say the same again, the one of the highest scores above all, the other with less
 * weight on the worst errors; they are told, marked where they are worse, and judge nothing. Worse is the PR-AUC of extra trees on
 * insurance_claims, for the encoding's sake: on the peer's columns it equals the peer's (docs/algorithms/extra-trees.md). The peer's
 * values lie in accuracy/peer.json, which accuracy/peer.py writes; fewer seeds than it has are compared with as many of its own.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { comparedAlgorithms, foldScores, type ComparedAlgorithm } from './accuracy/ours.ts'
import { compare, keepsRule, type FoldScores, type Verdict } from './accuracy/rule.ts'
import { readFoldedSet, setNames, type SetName } from './accuracy/sets.ts'

type Peer = { tool: string; sets: Partial<Record<SetName, Partial<Record<ComparedAlgorithm, FoldScores[][]>>>> }
type Result = { set: SetName; algorithm: ComparedAlgorithm; nSeeds: number; durationMs: number; verdicts: Verdict[] }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '10' },
    sets: { type: 'string', default: setNames.join(',') },
    algorithms: { type: 'string', default: comparedAlgorithms.join(',') },
    json: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
if (folder === undefined) throw new Error('Say the folder of the data sets: node conformance/accuracy.ts <folder>')
const peer = JSON.parse(readFileSync(new URL('accuracy/peer.json', import.meta.url), 'utf8')) as Peer

const unknown = values.algorithms.split(',').filter((name) => !comparedAlgorithms.some((known) => known === name))
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}; compared are ${comparedAlgorithms.join(', ')}`)

const results: Result[] = []
for (const set of values.sets.split(',') as SetName[]) {
  for (const algorithm of values.algorithms.split(',') as ComparedAlgorithm[]) {
    const theirs = peer.sets[set]?.[algorithm]?.slice(0, Number(values.seeds))
    if (!theirs || theirs.length === 0) throw new Error(`accuracy/peer.json has nothing of ${algorithm} on ${set}`)
    const data = readFoldedSet(folder, set)
    const ours: FoldScores[][] = []
    const from = performance.now()
    for (let seed = 0; seed < theirs.length; seed++) ours.push(await foldScores(algorithm, data, seed))
    const durationMs = Math.round(performance.now() - from)
    results.push({ set, algorithm, nSeeds: theirs.length, durationMs, verdicts: compare(ours, theirs) })
    if (!values.json) printRows(results.at(-1)!)
  }
}
const isNotWorse = results.every(({ verdicts }) => keepsRule(verdicts))
if (values.json) console.log(JSON.stringify({ peer: peer.tool, isNotWorse, results }, undefined, 2))
else console.log(`\n${summary()} Peer: ${peer.tool}`)
process.exitCode = isNotWorse ? 0 : 1

function printRows({ set, algorithm, nSeeds, durationMs, verdicts }: Result): void {
  for (const { metric, isJudged, ours, theirs, difference, isNotWorse: isFine } of verdicts) {
    const { mean, lower, upper } = difference
    const columns = [
      set.padEnd(17),
      algorithm.padEnd(25),
      metric.padEnd(8),
      ours.toFixed(4),
      theirs.toFixed(4),
      `${signed(mean)} [${signed(lower)}, ${signed(upper)}]`,
      `${isJudged ? 'judged' : 'told'}: ${isFine ? 'not worse' : 'WORSE'}`,
    ]
    console.log(columns.join('  '))
  }
  console.log(`${''.padEnd(17)}  ${nSeeds} seed(s) x folds in ${(durationMs / 1000).toFixed(1)} s`)
}

function summary(): string {
  const nTold = results.flatMap(({ verdicts }) =>
    verdicts.filter((verdict) => !verdict.isJudged && !verdict.isNotWorse),
  ).length
  const judged = isNotWorse ? 'Nothing that is judged is worse.' : 'Worse where it says so.'
  return `${judged} Of what is told only, ${nTold === 0 ? 'nothing' : nTold} is worse.`
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`
}
