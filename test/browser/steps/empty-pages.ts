import type { Page } from 'playwright-core'
import type { Tab } from '../browser.ts'
import type { Checks } from '../checks.ts'
import { visit, type Place } from './visit.ts'

const button = (name: string | RegExp) => (page: Page) => page.locator('main').getByRole('button', { name }).first()

/** What each page says to somebody who has just installed Assay and has no data yet. */
const places: Place[] = [
  {
    name: 'overview-empty',
    path: '/',
    title: 'Overview',
    main: button('Start pipeline'),
    content: {
      'says that nothing is in production, and how to change that': async (page) => {
        const champion = page.getByTestId('champion')
        await champion.getByText('No version is in production').waitFor()
        await champion.getByText('Start the pipeline').waitFor()
      },
      'says how to get a first run': async (page) => {
        await page.getByTestId('latest-run').getByText('Start the pipeline to train').waitFor()
      },
    },
  },
  {
    name: 'data-empty',
    path: '/data',
    title: 'Data',
    main: button('Choose a file'),
    content: {
      'says to drop a file, and that nothing is there yet': async (page) => {
        await page.getByTestId('drop-zone').getByText('Drop a file anywhere').waitFor()
        await page.getByTestId('datasets').getByText('No data yet').waitFor()
      },
    },
  },
  {
    name: 'train-empty',
    path: '/train',
    title: 'Train',
    main: (page) => page.getByTestId('empty').getByRole('link', { name: 'Bring data in' }),
    content: {
      'says to bring data in first': async (page) => {
        await page.getByTestId('empty').getByText('There is no data to train on yet').waitFor()
      },
    },
  },
  {
    name: 'pipeline-empty',
    path: '/pipeline',
    title: 'Pipeline',
    main: button('New commit'),
    content: {
      'says to make a first commit, with the button for it': async (page) => {
        const empty = page.getByTestId('empty')
        await empty.getByText('Make a first commit').waitFor()
        await empty.getByRole('button', { name: 'New commit' }).waitFor()
      },
    },
  },
  {
    name: 'claims-empty',
    path: '/claims',
    title: 'Claims',
    main: button('Start'),
    content: {
      'says that the stream is stopped, and to start it': async (page) => {
        const table = page.getByTestId('claims-table')
        await table.getByText('The stream is stopped').waitFor()
        await table.getByText('Start it above').waitFor()
      },
      'says that nothing is there whose drift could be measured': async (page) => {
        await page.getByTestId('drift').getByText('Nothing in production to watch').waitFor()
      },
    },
  },
  {
    name: 'models-empty',
    path: '/models',
    title: 'Models',
    main: (page) => page.getByTestId('empty').getByRole('link', { name: 'Make a first commit' }),
    content: {
      'says what makes a version, with the way there': async (page) => {
        const empty = page.getByTestId('empty')
        await empty.getByText('A pipeline run registers a version').waitFor()
        await empty.getByRole('link', { name: 'Make a first commit' }).waitFor()
      },
    },
  },
  {
    name: 'explain-empty',
    path: '/explain',
    title: 'Explain',
    main: (page) => page.getByTestId('empty').getByRole('link', { name: 'Make a first commit' }),
    content: {
      'says that a model is needed first, with the way there': async (page) => {
        await page.getByTestId('empty').getByText('No model yet').waitFor()
      },
    },
  },
]

export async function visitEmptyPages(checks: Checks, tab: Tab): Promise<void> {
  for (const place of places) await visit(checks, tab, place)
}
