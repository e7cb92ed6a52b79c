import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** One measured figure. `ratio` is below 1 where we are better than the peer, for times and for rates alike. */
export type Row = {
  name: string
  ours: number
  /** with its version; null where there is none to compare with, or it is not installed */
  peer: string | null
  theirs: number | null
  unit: string
  ratio: number | null
  /** what the ratio, or without a peer the figure itself, is not to exceed (a rate: not to fall below) */
  bar: number | null
  met: boolean | null
}

export type SuiteOptions = {
  /** smaller data and fewer repetitions: for a record, not for a claim */
  quick: boolean
  note: (text: string) => void
}
export type Suite = (options: SuiteOptions) => Promise<Row[]>

/** Median wall time of `work` in milliseconds, after one run that does not count. */
export async function medianMs(repetitions: number, work: () => unknown): Promise<number> {
  await work()
  const times: number[] = []
  for (let i = 0; i < repetitions; i++) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
}

type Figure = { name: string; ours: number; unit: string; bar?: number; peer?: { name: string; value: number } }

/** A figure in time (less is better) as a row. */
export function timeRow({ name, ours, unit, bar = undefined, peer }: Figure): Row {
  const ratio = peer ? ours / peer.value : null
  const measured = ratio ?? ours
  const met = bar === undefined ? null : measured <= bar
  return { name, ours, peer: peer?.name ?? null, theirs: peer?.value ?? null, unit, ratio, bar: bar ?? null, met }
}

/** A figure in units a second (more is better) as a row. */
export function rateRow({ name, ours, unit, bar = undefined, peer }: Figure): Row {
  const ratio = peer ? peer.value / ours : null
  const met = bar === undefined ? null : ratio === null ? ours >= bar : ratio <= bar
  return { name, ours, peer: peer?.name ?? null, theirs: peer?.value ?? null, unit, ratio, bar: bar ?? null, met }
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

/**
 * Runs a peer's script (`bench/peers/NAME.py`) in the repository's own Python environment.
 * @returns what it printed as JSON; undefined where the environment or the peer's package is not installed
 */
export function runPeer<Answer>(name: string, input: object): Answer | undefined {
  if (!fs.existsSync(PYTHON)) return undefined
  const script = path.join(root, 'bench', 'peers', `${name}.py`)
  const text = execFileSync(PYTHON, [script, JSON.stringify(input)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const answer = JSON.parse(text) as Answer & { missing?: string }
  return answer.missing ? undefined : answer
}
