import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { readAvailableMemoryBytes } from './available-memory.ts'
import { readDatabaseBytes, watchMachine, type MachineMonitor } from './machine.ts'

let machine: MachineMonitor
beforeEach(() => {
  machine = watchMachine(os.tmpdir())
})
afterEach(() => machine.stop())

function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

describe('watchMachine', () => {
  it('sees the event loop blocked', async () => {
    await sleep(50)
    const quiet = (await machine.read()).eventLoopDelayP99Ms
    block(200)
    await sleep(50)
    const blocked = (await machine.read()).eventLoopDelayP99Ms
    expect(blocked).toBeGreaterThan(150)
    expect(blocked).toBeGreaterThan(quiet)
  })

  it('measures the share of all cores between readings', async () => {
    block(600)
    const { cpuShare } = await machine.read()
    expect(cpuShare).toBeGreaterThan(0.1 / os.availableParallelism())
    expect(cpuShare).toBeLessThanOrEqual(1)
  })

  it('gives memory, disk and uptime in their units', async () => {
    const figures = await machine.read()
    expect(figures.rssBytes).toBeGreaterThan(10 << 20)
    expect(figures.diskFreeBytes).toBeGreaterThan(0)
    expect(figures.uptimeSeconds).toBeCloseTo(process.uptime(), 0)
  })
})

describe('readAvailableMemoryBytes', () => {
  it('is more than nothing, and no more than the machine has', () => {
    expect(readAvailableMemoryBytes()).toBeGreaterThan(1 << 20)
    expect(readAvailableMemoryBytes()).toBeLessThanOrEqual(os.totalmem())
  })
})

describe('readDatabaseBytes', () => {
  it('is some megabytes for an empty database', async () => {
    const { db, close } = await createTestDatabase()
    expect(await readDatabaseBytes(db)).toBeGreaterThan(5 << 20)
    await close()
  })
})
