import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { launchBrowser, openTab } from './browser.ts'
import { createChecks, type Checks } from './checks.ts'
import { updateImages } from './images.ts'
import { startServer, type Server } from './server.ts'
import { bringData } from './steps/bring-data.ts'
import { visitEmptyPages } from './steps/empty-pages.ts'
import { visitFullPages } from './steps/full-pages.ts'
import { refuseByHand } from './steps/refuse.ts'
import { releaseByHand } from './steps/release.ts'
import { rollBackByHand } from './steps/roll-back.ts'
import { firstChampion } from './steps/runs.ts'
import { trainByHand } from './steps/train-by-hand.ts'

/**
 * `npm run test:browser [-- --update-images]`: Assay as a person meets it, in the system's Chromium, on homes of its own.
 * Prints a line a check and `N passed, N failed`; pictures go to `build/screenshots`, with the flag to `docs/images` as well.
 */
const { values: flags } = parseArgs({ options: { 'update-images': { type: 'boolean', default: false } } })

const print = (line: string) => void process.stdout.write(`${line}\n`)
const checks = createChecks(print)
const undo: (() => Promise<unknown>)[] = []
let cleaning: Promise<void> | undefined

/** Ends what was started, the last first; once. */
const clean = () =>
  (cleaning ??= (async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error) => print(`while ending: ${error}`))
  })())
process.once('SIGINT', () => void clean().then(() => process.exit(130)))
process.once('SIGTERM', () => void clean().then(() => process.exit(143)))

async function start(purpose: string, options: { sampleData: boolean }): Promise<Server> {
  const starting = startServer(purpose, options)
  undo.push(async () => (await starting).remove())
  return starting
}

/** A home without anything in it. */
async function empty(browser: Browser, checks: Checks): Promise<void> {
  const server = await start('empty', { sampleData: false })
  const tab = await openTab(browser, server.url)
  await visitEmptyPages(checks, tab)
  await tab.page.context().close()
  await server.stop()
}

/** A home with sample data: a version's way into production and back, then each page with something to show. */
async function full(browser: Browser, checks: Checks, server: Server): Promise<void> {
  const setting = { checks, server, tab: await openTab(browser, server.url) }
  if (!(await checks.check('the first start trains a first champion', () => firstChampion(server)))) return
  const release = await releaseByHand(setting)
  if (release !== undefined && flags['update-images']) await updateImages(setting, release.runId)
  if (release !== undefined) await rollBackByHand(setting, release)
  await refuseByHand(setting)
  await bringData(setting)
  await trainByHand(setting)
  await visitFullPages(setting)
}

try {
  const browser = await launchBrowser()
  undo.push(() => browser.close())
  // Trains its first champion while the empty pages are looked at.
  const server = await start('full', { sampleData: true })
  await empty(browser, checks)
  await full(browser, checks, server)
} catch (error) {
  await checks.check('the run of the browser comes to its end', () => Promise.reject(error))
} finally {
  await clean()
}
process.exitCode = checks.close()
