import type { RunSummary } from '../../../src/pipelines/index.ts'
import { claimsPlace } from './claims-place.ts'
import { explainErased, explainUnknown } from './explain-limits.ts'
import { explainPlace, explainPredictionPlace } from './explain-places.ts'
import { pipelinePlace } from './pipeline-place.ts'
import { MODEL, modelFacts } from './runs.ts'
import type { Setting } from './setting.ts'
import { visit, type Place } from './visit.ts'

const overviewPlace = (champion: string): Place => ({
  name: 'overview',
  path: '/',
  title: 'Overview',
  main: (page) => page.locator('main').getByRole('button', { name: /^Start pipeline/ }),
  content: {
    'shows the champion': async (page) => {
      const name = `${MODEL} ${champion}`
      await page.getByTestId('champion').getByRole('link', { name }).waitFor()
    },
    'shows the newest run, step by step': async (page) => {
      await page.getByTestId('latest-run').getByRole('link').nth(1).waitFor()
    },
  },
})

const modelsPlace = (champion: string): Place => ({
  name: 'models',
  path: '/models',
  title: 'Models',
  main: (page) => page.getByRole('checkbox', { name: `Compare ${champion}` }),
  content: {
    'shows what was in production when': async (page) => {
      await page.getByTestId('history').getByRole('table', { name: 'Changes of stage' }).waitFor()
    },
  },
})

const versionPlace = (champion: string): Place => ({
  name: 'version',
  path: `/models/${MODEL}/${champion}`,
  title: `${MODEL} ${champion}`,
  main: (page) => page.locator('main').getByRole('button', { name: /^Copy/ }).first(),
  content: {
    'shows the gates it passed and who approved it': async (page) => {
      await page.getByTestId('gates').getByText('Passed').first().waitFor()
      await page.getByTestId('approvals').getByText('approved').first().waitFor()
    },
  },
})

const comparePlace = (a: string, b: string): Place => ({
  name: 'compare',
  path: `/models/${MODEL}/compare/${a}/${b}`,
  title: `${MODEL}: ${a} against ${b}`,
  main: (page) => page.locator('main').getByRole('link').first(),
  content: {
    'shows the metrics of both': async (page) => {
      await page.locator('main').getByRole('row', { name: /AUC/ }).first().waitFor()
    },
  },
})

/** Each page with something to show. */
export async function visitFullPages({ checks, tab, server }: Setting): Promise<void> {
  const { items } = await server.client.get<{ items: RunSummary[] }>('/pipeline/runs')
  const runId = items.find(({ state, pipeline }) => state === 'succeeded' && pipeline === 'claims')!.id
  const { champion, versions } = await modelFacts(server)
  const predictions = await server.client.get<{ items: { id: string }[] }>(`/predictions?model=${MODEL}&limit=5`)
  const other = versions.find(({ version }) => version !== champion)!.version
  const places = [
    overviewPlace(champion!),
    pipelinePlace(runId),
    claimsPlace,
    modelsPlace(champion!),
    versionPlace(champion!),
    comparePlace(champion!, other),
    explainPlace,
    explainPredictionPlace(predictions.items[0].id),
  ]
  for (const place of places) await visit(checks, tab, place)
  await explainUnknown({ checks, tab, server })
  await explainErased({ checks, tab, server })
}
