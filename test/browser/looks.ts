/// <reference lib="dom" />
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

const FOLDER = path.resolve(import.meta.dirname, '../../build/screenshots')

/** How a page is looked at. */
export const looks = {
  wide: { width: 1440, height: 900, colorScheme: 'light' },
  narrow: { width: 380, height: 800, colorScheme: 'light' },
  dark: { width: 1440, height: 900, colorScheme: 'dark' },
} as const

export type Look = keyof typeof looks

/** Gives the page the size and the scheme of a look; resolves when it has drawn itself anew. */
export async function wear(page: Page, look: Look): Promise<void> {
  const { width, height, colorScheme } = looks[look]
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height })
  await page.waitForFunction(
    ([scheme, expected]) =>
      document.documentElement.dataset.mantineColorScheme === scheme && window.innerWidth === expected,
    [colorScheme, width] as const,
  )
  // Charts measure their box by a ResizeObserver: it has been told after the second frame.
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}

/** Writes `build/screenshots/NAME.png`, of the whole page, or of the window where a dialog covers it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const fullPage = (await page.getByRole('dialog').count()) === 0
  fs.mkdirSync(FOLDER, { recursive: true })
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), fullPage, animations: 'disabled' })
}
