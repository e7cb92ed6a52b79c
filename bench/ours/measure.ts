import fs from 'node:fs'

/** What one run took. */
export type Timing = { wallMs: number; processorMs: number }

/** The least wall and the least processor time of so many runs, and what the last one gave. */
export async function bestOf<Result>(
  repetitions: number,
  work: () => Result | Promise<Result>,
): Promise<{ timing: Timing; result: Result }> {
  const timing: Timing = { wallMs: Infinity, processorMs: Infinity }
  let result: Result | undefined
  for (let i = 0; i < repetitions; i++) {
    const usage = process.cpuUsage()
    const from = performance.now()
    result = await work()
    timing.wallMs = Math.min(timing.wallMs, performance.now() - from)
    const { user, system } = process.cpuUsage(usage)
    timing.processorMs = Math.min(timing.processorMs, (user + system) / 1_000)
  }
  if (timing.wallMs === Infinity) throw new Error('bestOf: at least one repetition is wanted')
  return { timing, result: result as Result }
}

/** By how many megabytes the process outgrew its present size during the work. The peak counted from now on where the system can, else ever. */
export async function growthMb<Result>(work: () => Promise<Result>): Promise<{ growthMb: number; result: Result }> {
  const before = process.memoryUsage.rss()
  try {
    // Linux: sets the peak to the present size.
    fs.writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // The peak since the start of the process then stands in.
  }
  const result = await work()
  return { growthMb: (peakBytes() - before) / 1e6, result }
}

function peakBytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? []
    if (kilobytes) return Number(kilobytes) * 1024
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024
}
