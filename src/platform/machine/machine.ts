import fs from 'node:fs/promises'
import os from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Db } from '../db/database.ts'

/** What this process takes of its machine. */
export type MachineFigures = {
  /** resident memory of this process, without its database server and training children */
  rssBytes: number
  /** share of all cores that this process used since the last reading, 0..1 */
  cpuShare: number
  /** how late timers came in the last minutes, 99th percentile */
  eventLoopDelayP99Ms: number
  /** free for this user on the disk of the home */
  diskFreeBytes: number
  uptimeSeconds: number
}

export type MachineMonitor = {
  read(): Promise<MachineFigures>
  stop(): void
}

const RESOLUTION_MS = 10
/** Older delays than two periods are forgotten. */
const PERIOD_MS = 60_000

/** Starts to watch the event loop. One per process. */
export function watchMachine(home: string): MachineMonitor {
  // Two histograms, each emptied every second period in turn: the older one always holds one to two periods.
  const histograms = [0, 1].map(() => monitorEventLoopDelay({ resolution: RESOLUTION_MS }))
  for (const histogram of histograms) histogram.enable()
  let older = 0
  const turn = setInterval(() => {
    histograms[older].reset()
    older = 1 - older
  }, PERIOD_MS).unref()
  let last = { at: performance.now(), cpu: process.cpuUsage() }
  let cpuShare = 0

  return {
    async read() {
      const elapsedMs = performance.now() - last.at
      if (elapsedMs >= 500) {
        const used = process.cpuUsage(last.cpu)
        cpuShare = Math.min(1, (used.user + used.system) / 1000 / elapsedMs / os.availableParallelism())
        last = { at: performance.now(), cpu: process.cpuUsage() }
      }
      const disk = await fs.statfs(home)
      return {
        rssBytes: process.memoryUsage.rss(),
        cpuShare,
        // The histogram holds the time between ticks: what is above the tick is delay.
        eventLoopDelayP99Ms: Math.max(0, histograms[older].percentile(99) / 1e6 - RESOLUTION_MS),
        diskFreeBytes: disk.bavail * disk.bsize,
        uptimeSeconds: process.uptime(),
      }
    },
    stop() {
      clearInterval(turn)
      for (const histogram of histograms) histogram.disable()
    },
  }
}

/** Size of the database on its server's disk. */
export async function readDatabaseBytes(db: Db): Promise<number> {
  const { rows } = await db.$client.query('select pg_database_size(current_database()) as bytes')
  return rows[0].bytes
}
