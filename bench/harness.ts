import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Timing } from './ours/measure.ts'

/** One measured figure. `ratio` is below 1 where we are better than the peer, for times and for rates alike. */
export type Row = {
  what: string
  /** Over several seeds the median, here as in `theirs` and `ratio`. */
  ours: number
  /** With its version; null where there is none to compare with, or it is not installed. */
  peer: string | null
  theirs: number | null
  unit: string
  ratio: number | null
  /** What the ratio, or without a peer the figure itself, is not to exceed (a rate: not to fall below). */
  bar: number | null
  met: boolean | null
  /** The same of processor time, all threads together, which a shared machine disturbs less. */
  processor: { ours: number; theirs: number | null; ratio: number | null } | null
  /** How many data seeds the figure is of, and the ratio of each. */
  seeds: number
  ratios: number[]
  /** Load average of the last minute, when the row was made. */
  load: number
  /** What belongs to the figure, such as the ROC-AUC of both models. */
  remark: string | null
}

/** Smaller data and fewer repetitions; the agreed ones within some twenty minutes for all suites; everything. */
export type Extent = 'quick' | 'standard' | 'full'

export type SuiteOptions = {
  extent: Extent
  /** Whether what is called so is to be measured: see `--only`. */
  wanted: (what: string) => boolean
  /** The folder of the public data sets, for shapes of data that repeat them. */
  dataRoot: string | undefined
  note: (text: string) => void
}

/** Gives each row as soon as it is measured. */
export type Suite = (options: SuiteOptions) => AsyncIterable<Row> | Promise<Iterable<Row>>

/** Median wall time of `work` in milliseconds, after one run that does not count. */
export async function medianMs(repetitions: number, work: () => unknown): Promise<number> {
  await work()
  const times: number[] = []
  for (let i = 0; i < repetitions; i++) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return median(times)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(values.length - 1) >> 1] + sorted[values.length >> 1]) / 2
}

type Figure = { what: string; ours: number; unit: string; bar?: number; peer?: { name: string; value: number } }

/** A figure in time (less is better) as a row. */
export function timeRow({ what, ours, unit, bar, peer }: Figure): Row {
  const ratio = peer ? ours / peer.value : null
  return rowOf({ what, ours, unit, bar, peer, ratio, met: bar === undefined ? null : (ratio ?? ours) <= bar })
}

/** A figure in units a second (more is better) as a row. */
export function rateRow({ what, ours, unit, bar, peer }: Figure): Row {
  const ratio = peer ? peer.value / ours : null
  const met = bar === undefined ? null : ratio === null ? ours >= bar : ratio <= bar
  return rowOf({ what, ours, unit, bar, peer, ratio, met })
}

function rowOf({ what, ours, unit, bar, peer, ratio, met }: Figure & Pick<Row, 'ratio' | 'met'>): Row {
  const beside = { peer: peer?.name ?? null, theirs: peer?.value ?? null, ratio, ratios: ratio === null ? [] : [ratio] }
  return { what, ours, unit, ...beside, bar: bar ?? null, met, processor: null, seeds: 1, load: load(), remark: null }
}

/** One seed's runs on both sides; the peer's is undefined where it is not installed. */
export type Pair = { ours: Timing; theirs: (Timing & { name: string }) | undefined }

/** Times over several seeds as one row: medians, and the median of the seeds' ratios. `perUnit` of them make the unit. */
export function timingRow(
  { what, unit, bar, remark }: { what: string; unit: string; bar?: number; remark?: string },
  pairs: readonly Pair[],
  perMs = 1,
): Row {
  const whole = pairs.every(({ theirs }) => theirs !== undefined)
  const side = (field: keyof Timing): { ours: number; theirs: number | null; ratios: number[] } => {
    const ours = pairs.map((pair) => pair.ours[field] * perMs)
    const theirs = whole ? pairs.map((pair) => pair.theirs![field] * perMs) : undefined
    const ratios = theirs ? ours.map((value, i) => value / theirs[i]) : []
    return { ours: median(ours), theirs: theirs ? median(theirs) : null, ratios }
  }
  const [wall, processor] = [side('wallMs'), side('processorMs')]
  const ratioOf = (ratios: number[]): number | null => (ratios.length > 0 ? median(ratios) : null)
  const ratio = ratioOf(wall.ratios)
  return {
    what,
    ...wall,
    unit,
    peer: whole ? pairs[0].theirs!.name : null,
    ratio,
    bar: bar ?? null,
    met: bar === undefined || ratio === null ? null : ratio <= bar,
    processor: { ours: processor.ours, theirs: processor.theirs, ratio: ratioOf(processor.ratios) },
    seeds: pairs.length,
    load: load(),
    remark: remark ?? null,
  }
}

function load(): number {
  return Math.round(100 * os.loadavg()[0]) / 100
}

export function describeMachine(): Record<string, string | number> {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.versions.node,
  }
}

const root = path.resolve(import.meta.dirname, '..')
const PYTHON = path.join(root, '.venv', 'bin', 'python')
const HOW_TO_INSTALL = 'python3 -m venv .venv && .venv/bin/pip install -r bench/peers/requirements.txt'

/** Runs one of our own measurements (`bench/ours/NAME.ts`) in a fresh process, so that its memory and its warmth are its own. */
export function runOurs<Answer>(name: string, input: object): Answer {
  const script = path.join(root, 'bench', 'ours', `${name}.ts`)
  return JSON.parse(run(process.execPath, [script, JSON.stringify(input)])) as Answer
}

let hasToldOfPeers = false

/**
 * Runs a peer's script (`bench/peers/NAME.py`) in the repository's own Python environment.
 * @returns what it printed as JSON; undefined where the environment or the peer's package is not installed, which is said once
 */
export function runPeer<Answer>(name: string, input: object): Answer | undefined {
  const answer = fs.existsSync(PYTHON)
    ? (JSON.parse(run(PYTHON, [path.join(root, 'bench', 'peers', `${name}.py`), JSON.stringify(input)])) as Answer & {
        missing?: string
      })
    : { missing: 'no .venv in the repository' }
  if (!('missing' in answer) || answer.missing === undefined) return answer as Answer
  if (!hasToldOfPeers) console.error(`Without the peers (${answer.missing}); they come with: ${HOW_TO_INSTALL}`)
  hasToldOfPeers = true
  return undefined
}

function run(program: string, given: string[]): string {
  return execFileSync(program, given, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
