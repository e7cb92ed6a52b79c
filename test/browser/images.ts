import fs from 'node:fs'
import path from 'node:path'
import type { Tab } from './browser.ts'
import { wear } from './looks.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../docs/images')
const LARGEST_BYTES = 300_000

/** Writes one picture of the documentation, of what a window of 1440 x 900 shows. */
export async function updateImage({ page }: Tab, name: string): Promise<void> {
  await wear(page, 'wide')
  fs.mkdirSync(FOLDER, { recursive: true })
  const image = await page.screenshot({ animations: 'disabled' })
  if (image.length > LARGEST_BYTES) throw new Error(`${name}.png has ${image.length} bytes, wanted ${LARGEST_BYTES}`)
  fs.writeFileSync(path.join(FOLDER, `${name}.png`), image)
}
