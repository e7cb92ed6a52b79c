import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertNothingCutOff } from '../assertions.ts'
import type { Tab } from '../browser.ts'
import type { Checks } from '../checks.ts'
import type { Server } from '../server.ts'
import { until } from '../until.ts'
import { MODEL } from './runs.ts'
import { visit, type Place } from './visit.ts'

const button = (name: string | RegExp) => (page: Page) => page.locator('main').getByRole('button', { name }).first()

/** Each page with something to show. `runId` is of a run that has ended well, `champion` the version in production. */
const places = ({ runId, champion }: { runId: string; champion: string }): Place[] => [
  {
    name: 'overview',
    path: '/',
    title: 'Overview',
    main: button(/^Start pipeline/),
    content: {
      'shows the champion and what it answers': async (page) => {
        await page
          .getByTestId('champion')
          .getByRole('link', { name: `${MODEL} ${champion}` })
          .waitFor()
        await page.getByText('predictions').first().waitFor()
      },
    },
  },
  {
    name: 'pipeline',
    path: `/pipeline/${runId}?step=full_train`,
    title: 'Pipeline',
    main: button('New commit'),
    content: {
      'shows twelve steps that succeeded': async (page) => {
        await page.getByTestId('step-promote').waitFor()
        const states = await page
          .locator('[data-testid^="step-"]')
          .evaluateAll((all) => all.map((e) => e.dataset.state))
        assert.deepEqual(states, Array(12).fill('succeeded'))
      },
      'the inspector shows log lines': async (page) => {
        await tabOf(page, 'Logs')
        await until('log lines', async () => (await page.getByRole('log').locator('> div').count()) > 2)
      },
      'the inspector shows the source of the step': async (page) => {
        await tabOf(page, 'Code')
        const code = await page.getByLabel(/^Source of/).innerText()
        assert.match(code, /\b(export|async|return)\b/)
      },
      'the inspector shows inputs, outputs and configuration': async (page) => {
        for (const name of ['Inputs', 'Outputs', 'Configuration']) {
          await tabOf(page, name)
          assert.match(await page.getByLabel(new RegExp(`^${name} of`)).innerText(), /"\w+":/, name)
        }
      },
      'the inspector comes back to its overview': (page) => tabOf(page, 'Overview'),
    },
  },
  {
    name: 'claims',
    path: '/claims',
    title: 'Claims',
    main: button('Stop'),
    content: {
      'the table grows as claims arrive': async (page) => {
        const rows = page.getByRole('region', { name: 'Newest claims' }).getByRole('row')
        const newest = () => rows.nth(1).getByRole('cell').first().innerText()
        const first = await newest()
        const nFirst = await rows.count()
        await until('more claims', async () => (await rows.count()) > nFirst && (await newest()) !== first)
      },
      'each claim has a score and a decision, and no column is cut off': async (page) => {
        const table = page.getByRole('region', { name: 'Newest claims' })
        await table
          .getByText(/^(Approve|Refer)$/)
          .first()
          .waitFor()
        await assertNothingCutOff(table)
      },
      'the drift panel shows a score once enough rows have come': async (page) => {
        const score = page.getByTestId('drift').getByText('drift score')
        await score.waitFor({ timeout: 60_000 })
        await page
          .getByTestId('drift')
          .getByRole('img', { name: /^Histograms of/ })
          .waitFor()
      },
    },
  },
  {
    name: 'models',
    path: '/models',
    title: 'Models',
    main: (page) => page.getByRole('checkbox', { name: `Compare ${champion}` }),
    content: {
      'shows what was in production when': async (page) => {
        await page.getByTestId('history').getByRole('table', { name: 'Changes of stage' }).waitFor()
      },
    },
  },
  {
    name: 'version',
    path: `/models/${MODEL}/${champion}`,
    title: `${MODEL} ${champion}`,
    main: (page) => page.locator('main').getByRole('button', { name: /^Copy/ }).first(),
    content: {
      'shows gates, approvals and what the score rests on': async (page) => {
        await page.getByTestId('gates').getByText('Passed').first().waitFor()
        await page.getByTestId('approvals').getByText('approved').first().waitFor()
      },
    },
  },
]

async function tabOf(page: Page, name: string): Promise<void> {
  await page.getByTestId('inspector').getByRole('tab', { name }).click()
  await page.getByTestId('inspector').getByRole('tabpanel').waitFor()
}

export async function visitFullPages({ checks, tab, server }: { checks: Checks; tab: Tab; server: Server }) {
  const { items } = await server.client.get<{ items: { id: string; state: string }[] }>('/pipeline/runs')
  const runId = items.find(({ state }) => state === 'succeeded')!.id
  const { champion } = await server.client.get<{ champion: string }>(`/models/${MODEL}`)
  for (const place of places({ runId, champion })) await visit(checks, tab, place)
}
