import fs from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

const CHROMIUM = process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium'
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--disable-sync',
]

/** The browser of the system. @throws when there is none, saying how to get it */
export async function launchBrowser(): Promise<Browser> {
  if (!fs.existsSync(CHROMIUM)) {
    throw new Error(
      `Chromium is missing: looked for ${CHROMIUM}. Install it (apt-get install chromium) or name one in ASSAY_CHROMIUM.`,
    )
  }
  // Whoever started it ends it: by itself it would end this process, and leave the servers behind.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS, ...signals })
}

/** A tab, and what went wrong in it. */
export type Tab = {
  page: Page
  /** Opens an address of the UI, such as `/claims`, and waits until its page has drawn itself. */
  open(path: string): Promise<void>
  /** Errors of the console and requests to other hosts since the last call. */
  takeFaults(): string[]
}

export async function openTab(browser: Browser, url: string): Promise<Tab> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`))
  const { host } = new URL(url)
  const watchHost = (address: string) => {
    const asked = new URL(address)
    if (asked.host !== host && !['data:', 'blob:'].includes(asked.protocol)) faults.push(`another host: ${address}`)
  }
  page.on('request', (request) => watchHost(request.url()))
  page.on('websocket', (socket) => watchHost(socket.url()))
  return {
    page,
    async open(path) {
      await page.goto(`/app${path}`)
      await page.locator('main h1').waitFor()
      await settled(page)
    },
    takeFaults: () => faults.splice(0),
  }
}

/** Waits until nothing on the page says that it is loading, and the live connection is up. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main [aria-label="Loading"], main .mantine-Skeleton-root') === null &&
      document.querySelector('aside [data-live="true"]') !== null,
  )
}
