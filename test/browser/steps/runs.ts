import type { Page } from 'playwright-core'
import type { RunDetail, RunSummary } from '../../../src/pipelines/index.ts'
import type { Server } from '../server.ts'
import { until } from '../until.ts'

export const MODEL = 'claims-denial'
const RUN_TIMEOUT_MS = 90_000

/** What the API says of a run. */
export const runOf = (server: Server, runId: string) => server.client.get<RunDetail>(`/pipeline/${runId}/status`)

/** Waits until a run is in one of these states. @throws when it ended in another */
export function runReaches(server: Server, runId: string, ...states: RunDetail['state'][]): Promise<RunDetail> {
  return until(
    `run ${runId} to be ${states.join(' or ')}`,
    async () => {
      const run = await runOf(server, runId)
      if (states.includes(run.state)) return run
      if (run.finishedAt !== null) throw new Error(`the run ${run.state}: ${JSON.stringify(run.failure)}`)
      return false
    },
    RUN_TIMEOUT_MS,
  )
}

/** Waits until the run of the first start has put the first champion into production. @returns its version */
export async function firstChampion(server: Server): Promise<string> {
  const run = await until('the run of the first start', async () => {
    const { items } = await server.client.get<{ items: RunSummary[] }>('/pipeline/runs')
    return items.find(({ trigger }) => trigger === 'first-start')
  })
  return (await runReaches(server, run.id, 'succeeded')).modelVersion!
}

export type ModelFacts = {
  champion: string | null
  previousChampion: string | null
  versions: { version: string; stage: string }[]
  history: { version: string; to: string; reason: string }[]
}

export const modelFacts = (server: Server) => server.client.get<ModelFacts>(`/models/${MODEL}`)

/** Makes a commit as a person does, by the dialog. @returns id of the run it started, which is then on the page */
export async function commitByHand(page: Page, message: string): Promise<string> {
  await page.locator('main header').getByRole('button', { name: 'New commit' }).click()
  const dialog = page.getByRole('dialog', { name: 'New commit' })
  await dialog.getByLabel('Message').fill(message)
  await dialog.getByRole('button', { name: 'Commit and run' }).click()
  await page.waitForURL(/\/pipeline\/run-/)
  await page.getByRole('heading', { level: 2, name: message }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}
