import type { Page } from 'playwright-core'
import { assertNothingCutOff } from '../assertions.ts'
import { wear } from '../looks.ts'
import { until } from '../until.ts'
import type { Place } from './visit.ts'

const table = (page: Page) => page.getByRole('region', { name: 'Newest claims' })

/** The Claims page while the stream flows. */
export const claimsPlace: Place = {
  name: 'claims',
  path: '/claims',
  title: 'Claims',
  main: (page) => page.getByRole('region', { name: 'Stream' }).getByRole('button', { name: 'Stop' }),
  content: {
    'the table grows as claims arrive': async (page) => {
      const rows = table(page).getByRole('row')
      await rows.nth(1).waitFor()
      const nFirst = await rows.count()
      const first = await rows.nth(1).innerText()
      await until('more claims', async () => (await rows.count()) > nFirst && (await rows.nth(1).innerText()) !== first)
    },
    'each claim has a score and a decision': async (page) => {
      const decided = table(page).getByRole('row', { name: /0\.\d{3} (Approve|Refer)/ })
      await decided.first().waitFor()
    },
    'a score leads to its explanation': async (page) => {
      // While claims flow in, the rows move away under the pointer.
      await page.getByRole('button', { name: 'Pause' }).click()
      await table(page)
        .getByRole('link', { name: /^Explain the score/ })
        .first()
        .click()
      await page.waitForURL(/explain\?prediction=/)
      await page.getByTestId('waterfall').getByRole('img').waitFor({ timeout: 60_000 })
      await page.goBack()
      await table(page).getByRole('row').nth(1).waitFor()
    },
    'no column of the table is cut off, wide or narrow': async (page) => {
      await until('a table full of claims', async () => (await table(page).getByRole('row').count()) > 30)
      await assertNothingCutOff(table(page))
      await wear(page, 'narrow')
      await assertNothingCutOff(table(page))
      await wear(page, 'wide')
    },
    'the drift panel shows a score and a histogram once enough rows have come': async (page) => {
      const panel = page.getByTestId('drift')
      await panel.getByText('drift score').waitFor({ timeout: 60_000 })
      await panel
        .getByText(/^\d\.\d{3}$/)
        .first()
        .waitFor()
      await panel.getByRole('img', { name: /at training and now$/ }).waitFor()
    },
  },
}
