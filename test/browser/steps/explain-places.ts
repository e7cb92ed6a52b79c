import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { MODEL } from './runs.ts'
import type { Place } from './visit.ts'

const picture = (page: Page, testId: string, name: RegExp) => page.getByTestId(testId).getByRole('img', { name })
const feature = (page: Page, name: string | RegExp) =>
  page.getByRole('table', { name: /^Features by/ }).getByRole('button', { name })

/** How the champion decides, as a whole and feature by feature. */
export const explainPlace: Place = {
  name: 'explain',
  path: '/explain',
  title: 'Explain',
  main: (page) => page.getByLabel('Version'),
  content: {
    'shows the champion: contributions, their mean sizes, importance': async (page) => {
      await picture(page, 'summary', /^Contributions of the features/).waitFor({ timeout: 60_000 })
      await picture(page, 'bars', /^Mean size/).waitFor()
      await picture(page, 'importance', /^Permutation importance/).waitFor()
      assert.match(await page.getByLabel('Version').innerText(), /champion/)
    },
    'a feature chosen from the table is shown from near, and stands in the address': async (page) => {
      const second = feature(page, /./).nth(1)
      const name = await second.innerText()
      await second.press('Enter')
      await page.waitForURL(/[?&]feature=/)
      const near = page.getByRole('region', { name: `Feature ${name}` })
      assert.ok(await near.evaluate((element) => element === document.activeElement), 'it has the focus')
      await near.getByRole('img', { name: `Contribution of ${name}` }).waitFor()
      await near.getByRole('img', { name: `Score by ${name}` }).waitFor()
      assert.equal(await second.getAttribute('aria-pressed'), 'true')
    },
    'so is one whose row in the picture is pressed': async (page) => {
      const row = page.getByTestId('summary').locator('[data-row]').first()
      const name = (await row.getAttribute('data-row'))!
      await row.click()
      await page.waitForURL((url) => url.searchParams.get('feature') === name)
    },
    'rows are coloured by another feature': async (page) => {
      const panel = page.getByTestId('feature')
      await panel.getByLabel('Colour the rows by').selectOption({ index: 1 })
      await panel.getByText(/colour: /).waitFor()
    },
  },
}

/** Why one prediction came out as it did. */
export const explainPredictionPlace = (id: string): Place => ({
  name: 'explain-prediction',
  path: `/explain?model=${MODEL}&prediction=${id}`,
  title: 'Explain',
  main: (page) => page.getByLabel('Prediction', { exact: true }),
  content: {
    'shows the way to the score as a picture, in words and in figures': async (page) => {
      await picture(page, 'waterfall', /^How the score came about/).waitFor({ timeout: 60_000 })
      const sentences = page.getByTestId('sentences').getByRole('listitem')
      assert.match(await sentences.first().innerText(), /^Before it looks at anything, the model is at /)
      assert.match(await sentences.nth(1).innerText(), / (raised|lowered) the (log-odds|probability) by /)
      assert.match(await sentences.last().innerText(), /the score 0\.\d{3}\.$/)
      await page.getByTestId('contributions').getByRole('row').nth(1).waitFor()
    },
    'leads to another prediction from the newest ones': async (page) => {
      const link = page.getByTestId('recent-predictions').getByRole('link').last()
      await link.click()
      await page.waitForURL((url) => url.searchParams.get('prediction') !== id)
      await picture(page, 'waterfall', /^How the score came about/).waitFor({ timeout: 60_000 })
    },
  },
})
