import assert from 'node:assert/strict'
import { assertNoFaults } from '../assertions.ts'
import { settled } from '../browser.ts'
import { takePicture } from '../looks.ts'
import { approveByHand } from './approve.ts'
import { commitByHand, modelFacts, runOf, runReaches } from './runs.ts'
import type { Setting } from './setting.ts'
import { watchSteps, witnessed } from './witness.ts'

const MESSAGE = 'Deeper trees for surgery claims'
const BEFORE_APPROVAL = ['commit', 'tests', 'data_validation', 'quick_train', 'log', 'full_train', 'evaluate']
const AFTER_APPROVAL = ['staging', 'shadow', 'promote', 'rollback']

/** A version that went into production by hand, the one that was there before it, and the run that took it there. */
export type Release = { before: string; version: string; runId: string }

/** A version goes from a commit into production, by hand in the browser, over a restart of the server. */
export async function releaseByHand(setting: Setting): Promise<Release | undefined> {
  const { checks, tab, server } = setting
  const { champion: before } = await modelFacts(server)
  await tab.open('/pipeline')
  const runId = await startRun(setting)
  if (runId === undefined) return undefined
  await watchUntilApproval(setting, runId)
  await restart(setting, runId)
  const version = await approveByHand(setting, runId)
  await checks.check('release: no error in the console, no request to another host', () =>
    assertNoFaults(tab.takeFaults()),
  )
  return version === undefined ? undefined : { before: before!, version, runId }
}

async function startRun({ checks, tab: { page }, server }: Setting): Promise<string | undefined> {
  let runId: string | undefined
  await checks.check('release: New commit starts a run, and the page goes to it', async () => {
    runId = await commitByHand(page, MESSAGE)
    await watchSteps(page)
    assert.equal((await runOf(server, runId)).commit?.message, MESSAGE)
  })
  return runId
}

async function watchUntilApproval({ checks, tab: { page }, server }: Setting, runId: string): Promise<void> {
  await checks.check('release: the steps before the approval run before one’s eyes', async () => {
    await page.locator('[data-testid="step-full_train"][data-state="running"]').waitFor({ timeout: 60_000 })
    await takePicture(page, 'pipeline-running')
    await page.getByTestId('approval-banner').waitFor({ timeout: 90_000 })
    const seen = await witnessed(page)
    assert.equal(Object.keys(seen).length, 12, 'twelve steps are on the page')
    for (const step of BEFORE_APPROVAL) assert.match(seen[step].at(-1)!, /^(succeeded|cached)$/, step)
    assert.ok(seen.full_train.includes('running'), 'the training was seen to run')
    assert.equal(seen.approval.at(-1), 'waiting')
    for (const step of AFTER_APPROVAL) assert.deepEqual(seen[step], ['pending'], step)
  })
  await checks.check('release: the run waits for an approval, and the navigation says so', async () => {
    const run = await runReaches(server, runId, 'waiting')
    assert.ok(run.approvalId, 'the API names the approval')
    const navigation = page.getByRole('navigation', { name: 'Main' })
    await navigation.getByText('waiting for approval').waitFor({ state: 'attached' })
    await takePicture(page, 'pipeline-waiting')
  })
}

async function restart({ checks, tab, server }: Setting, runId: string): Promise<void> {
  const { page } = tab
  await checks.check('release: the page says when the server is away, and is live again by itself', async () => {
    assertNoFaults(tab.takeFaults())
    const side = page.locator('aside')
    await server.stop()
    await side.getByText('Not connected, trying again').waitFor({ timeout: 20_000 })
    await takePicture(page, 'pipeline-server-away')
    await server.startAgain()
    await side.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 })
    // What the browser writes of a server that is away is no fault of the page.
    tab.takeFaults()
  })
  await checks.check('release: after the restart and a reload the approval still waits', async () => {
    await page.reload()
    await settled(page)
    await page.getByTestId('approval-banner').getByText('waits for a reviewer').waitFor()
    assert.equal((await runOf(server, runId)).state, 'waiting')
  })
  await checks.check('release: the overview leads to what waits', async () => {
    await tab.open('/')
    await page.getByTestId('waiting-approval').getByRole('link', { name: 'Review' }).click()
    await page.waitForURL(`**/pipeline/${runId}?step=approval`)
    await page.getByTestId('approval-banner').waitFor()
  })
}
