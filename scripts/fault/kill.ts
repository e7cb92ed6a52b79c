import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAssayProcess, type AssayProcess } from '../../src/cli/children/assay-process.ts'
import { makeTemporaryHome } from '../../src/cli/children/temporary-home.ts'
import { createClient } from '../../src/cli/client.ts'
import { auditHome } from './audit.ts'
import { countRepeats, Journal } from './journal.ts'
import { finishRuns, runOnce, startLoad, type Target } from './load.ts'
import type { FaultReport } from './report.ts'

/** A kill comes this long after Assay is ready: sometimes before the first step goes on, sometimes in mid-training. */
const KILL_AFTER_MS = { least: 300, most: 6_000 }
const FINISH_TIMEOUT_MS = 300_000

/**
 * `kill -9` at random moments of pipeline runs while predictions and outcomes flow, then a restart in the same home, again
 * and again; afterwards every run must end and nothing acknowledged may be missing.
 */
export async function killUnderLoad(options: {
  times: number
  seed: number
  note: (text: string) => void
}): Promise<FaultReport> {
  const { times, note } = options
  const temporary = makeTemporaryHome('fault')
  const outside = makeTemporaryHome('fault-journal')
  const journal = new Journal(path.join(outside.home, 'acknowledged.txt'))
  const effectLog = path.join(outside.home, 'effects.txt')
  const start = () =>
    startAssayProcess({
      home: temporary.home,
      env: { ASSAY_SAMPLE_DATA: 'false', ASSAY_LOG_LEVEL: 'warn', ASSAY_EFFECT_LOG: effectLog },
    })
  let assay: AssayProcess = await start()
  const target: Target = { url: assay.url, key: assay.firstKey! }
  try {
    note('Training a first champion, so that there is something to predict with')
    const first = await runOnce(
      () => createClient(target),
      journal,
      () => false,
    )
    if (first.state !== 'succeeded') throw new Error(`the first run ${first.state}: ${JSON.stringify(first.failure)}`)
    const load = startLoad(() => target, journal)
    const random = seededRandom(options.seed)
    for (let kill = 1; kill <= times; kill++) {
      const afterMs = KILL_AFTER_MS.least + random() * (KILL_AFTER_MS.most - KILL_AFTER_MS.least)
      await sleep(afterMs)
      assay.kill('SIGKILL')
      await assay.ended
      assay = await start()
      target.url = assay.url
      note(`kill ${kill} of ${times} after ${(afterMs / 1_000).toFixed(1)} s; up again`)
    }
    await sleep(KILL_AFTER_MS.most)
    await load.stop()
    const unfinished = await finishRuns(() => createClient(target), journal, FINISH_TIMEOUT_MS)
    for (const run of unfinished) note(`run ${run.id} is ${run.state}: ${JSON.stringify(run.failure)}`)
    const { acknowledged, lost, repeatedEnds } = await auditHome(temporary.home, journal)
    const finishedStepsRepeated = countRepeats(effectLog) + repeatedEnds
    return { kills: times, acknowledged, lost, finishedStepsRepeated, unfinishedRuns: unfinished.length }
  } finally {
    await assay.stop()
    temporary.remove()
    outside.remove()
  }
}

/** mulberry32: a few lines suffice to make the moments repeatable. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
