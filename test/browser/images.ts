import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { DriftReport } from '../../src/monitoring/index.ts'
import { wear } from './looks.ts'
import type { Setting } from './steps/setting.ts'
import { until } from './until.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../docs/images')
const LARGEST_BYTES = 300_000
/** Claims a second, and scored rows from which chance no longer looks like drift: a picture should not show an alarm of noise. */
const RATE = 60
const ENOUGH_ROWS = 1_000

/** Writes the pictures of the documentation: the overview of a champion at work, and a run that has put it there. */
export async function updateImages({ checks: { check }, tab, server }: Setting, runId: string): Promise<void> {
  await check('docs/images/pipeline.png', async () => {
    await tab.open(`/pipeline/${runId}?step=evaluate`)
    await tab.page.getByTestId('inspector').getByText('Passed').first().waitFor()
    await write(tab.page, 'pipeline')
  })
  await check('docs/images/overview.png', async () => {
    const { rate } = await server.client.get<{ rate: number }>('/claims/stream')
    await server.client.post('/claims/stream/start', { rate: RATE })
    await until('enough rows without drift', async () => {
      const { nCurrent, status } = await server.client.get<DriftReport>('/claims/drift')
      return nCurrent >= ENOUGH_ROWS && status === 'none'
    })
    await tab.open('/')
    await tab.page.getByTestId('all-well').waitFor()
    await write(tab.page, 'overview')
    await server.client.post('/claims/stream/start', { rate })
  })
}

/** What a window of 1440 x 900 shows, in light colours. */
async function write(page: Page, name: string): Promise<void> {
  await wear(page, 'wide')
  await page.mouse.move(0, 0)
  const image = await page.screenshot({ animations: 'disabled' })
  if (image.length > LARGEST_BYTES) throw new Error(`${name}.png has ${image.length} bytes, wanted ${LARGEST_BYTES}`)
  fs.mkdirSync(FOLDER, { recursive: true })
  fs.writeFileSync(path.join(FOLDER, `${name}.png`), image)
}
