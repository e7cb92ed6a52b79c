import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { until } from '../until.ts'
import type { Place } from './visit.ts'

/** The Pipeline page with a run that has ended well, its training in the inspector. */
export const pipelinePlace = (runId: string): Place => ({
  name: 'pipeline',
  path: `/pipeline/${runId}?step=full_train`,
  title: 'Pipeline',
  main: (page) => page.locator('main').getByRole('button', { name: 'New commit' }),
  content: {
    'shows twelve steps that succeeded': async (page) => {
      const cards = page.locator('[data-testid^="step-"]')
      await cards.first().waitFor()
      const states = await cards.evaluateAll((all) => all.map((card) => card.dataset.state))
      assert.deepEqual(states, Array(12).fill('succeeded'))
    },
    'the training shows its branches, and how they learned': async (page) => {
      const branches = page.locator('[data-testid^="branch-"]')
      const states = await branches.evaluateAll((all) => all.map((card) => card.dataset.state))
      assert.deepEqual(states, ['succeeded'], 'the shipped project lists one algorithm')
      const inspector = page.getByTestId('inspector')
      await inspector.getByTestId('measured').getByRole('img', { name: 'Learning curve' }).waitFor()
      await branches.first().click()
      await inspector.getByRole('heading', { name: 'Random forest', level: 2 }).waitFor()
      await inspector.getByRole('img', { name: 'Learning curve' }).waitFor()
      await page.getByTestId('step-full_train').click()
    },
    'the inspector shows log lines': async (page) => {
      await openInspector(page, 'Logs')
      await until('log lines', async () => (await page.getByRole('log').locator('> div').count()) > 2)
    },
    'the inspector shows the source of the step': async (page) => {
      await openInspector(page, 'Code')
      assert.match(await page.getByLabel(/^Source of/).innerText(), /\basync\b[\s\S]*\breturn\b/)
    },
    'the inspector shows inputs, outputs and configuration': async (page) => {
      for (const name of ['Inputs', 'Outputs', 'Configuration']) {
        await openInspector(page, name)
        assert.match(await page.getByLabel(new RegExp(`^${name} of`)).innerText(), /"\w+":/, name)
      }
    },
    'a press on a step opens it': async (page) => {
      await openInspector(page, 'Overview')
      await page.getByTestId('step-evaluate').click()
      await page.getByTestId('inspector').getByRole('table', { name: 'Gates' }).waitFor()
    },
  },
})

async function openInspector(page: Page, tab: string): Promise<void> {
  const inspector = page.getByTestId('inspector')
  await inspector.getByRole('tab', { name: tab }).click()
  await inspector.getByRole('tabpanel').waitFor()
}
