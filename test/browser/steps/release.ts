import assert from 'node:assert/strict'
import { assertNoFaults } from '../assertions.ts'
import { settled, type Tab } from '../browser.ts'
import type { Checks } from '../checks.ts'
import { takePicture } from '../looks.ts'
import type { Server } from '../server.ts'
import { commitByHand, MODEL, modelFacts, runOf, runReaches } from './runs.ts'
import { watchSteps, witnessed } from './witness.ts'

const BEFORE_APPROVAL = ['commit', 'tests', 'data_validation', 'quick_train', 'log', 'full_train', 'evaluate']
const AFTER_APPROVAL = ['approval', 'staging', 'shadow', 'promote', 'rollback']
const REASON = 'Gates pass and it is no worse than the champion'

type Setting = { checks: Checks; tab: Tab; server: Server }

/** A version goes from a commit into production, by hand in the browser, over a restart of the server. */
export async function releaseByHand({ checks: { check }, tab, server }: Setting): Promise<void> {
  const { page } = tab
  await tab.open('/pipeline')
  let runId = ''

  await check('release: New commit starts a run, and the page goes to it', async () => {
    runId = await commitByHand(page, 'Deeper trees for surgery claims')
    await watchSteps(page)
    assert.equal((await runOf(server, runId)).commit?.message, 'Deeper trees for surgery claims')
  })
  if (runId === '') return

  await check('release: the steps before the approval run before one’s eyes', async () => {
    await page.getByTestId('step-full_train').and(page.locator('[data-state="running"]')).waitFor({ timeout: 60_000 })
    await takePicture(page, 'pipeline-running')
    await page.getByTestId('approval-banner').waitFor({ timeout: 90_000 })
    const seen = await witnessed(page)
    assert.equal(Object.keys(seen).length, 12, 'twelve steps are on the page')
    for (const step of BEFORE_APPROVAL) assert.match(seen[step].at(-1)!, /^(succeeded|cached)$/, step)
    assert.ok(seen.full_train.includes('running'), 'the training was seen to run')
    assert.equal(seen.approval.at(-1), 'waiting')
    for (const step of AFTER_APPROVAL.slice(1)) assert.deepEqual(seen[step], ['pending'], step)
  })

  await check('release: the run waits for an approval, and every page says so', async () => {
    const run = await runReaches(server, runId, 'waiting')
    assert.ok(run.approvalId, 'the API names the approval')
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByText('waiting for approval')
      .waitFor({ state: 'attached' })
    await takePicture(page, 'pipeline-waiting')
  })

  const before = await modelFacts(server)
  await check('release: the page says when the server is away, and is live again by itself', async () => {
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

  await check('release: after the restart and a reload the approval still waits', async () => {
    await page.reload()
    await settled(page)
    await page.getByTestId('approval-banner').getByText('waits for a reviewer').waitFor()
    assert.equal((await runOf(server, runId)).state, 'waiting')
    await watchSteps(page)
  })

  await check('release: the dialog shows the gates and the champion, and wants a reason', async () => {
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `Approve ${MODEL}` })
    await dialog.getByRole('table', { name: 'Gates' }).getByText('Passed').first().waitFor()
    assert.ok((await dialog.getByRole('table', { name: 'Gates' }).getByRole('row').count()) > 5, 'a row for each gate')
    await dialog.getByRole('heading', { name: 'Challenger against champion' }).waitFor()
    await dialog.getByTestId('self-approval').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Approve', exact: true }).isDisabled(), 'not without a reason')
    await takePicture(page, 'approve-dialog')
  })

  let version = ''
  await check('release: approved with a reason, the run goes on to its end', async () => {
    const dialog = page.getByRole('dialog', { name: `Approve ${MODEL}` })
    await dialog.getByLabel('Reason').fill(REASON)
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    const run = await runReaches(server, runId, 'succeeded')
    version = run.modelVersion!
    await page.getByText('Succeeded', { exact: true }).and(page.locator('h2 *')).first().waitFor()
    const seen = await witnessed(page)
    for (const step of AFTER_APPROVAL) assert.equal(seen[step].at(-1), 'succeeded', step)
  })

  await check('release: the new version is champion, by the page and by the API', async () => {
    const after = await modelFacts(server)
    assert.equal(after.champion, version)
    assert.equal(after.previousChampion, before.champion)
    await tab.open('/models')
    await championRow(tab, version)
  })

  await check('release: Roll back with a reason puts the previous version back', async () => {
    await page.getByRole('button', { name: 'Roll back' }).click()
    const dialog = page.getByRole('dialog', { name: /^Roll back/ })
    await dialog.getByText(before.champion!, { exact: true }).waitFor()
    await takePicture(page, 'rollback-dialog')
    await dialog.getByLabel('Reason').fill('Refers twice as many claims as last week')
    await dialog.getByRole('button', { name: 'Roll back now' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await championRow(tab, before.champion!)
    const after = await modelFacts(server)
    assert.equal(after.champion, before.champion)
    assert.ok(
      after.history.some(({ reason }) => reason.includes('twice as many claims')),
      'the reason is recorded',
    )
    await page.getByTestId('history').getByText('twice as many claims').first().waitFor()
  })
  await check('release: no error in the console, no request to another host', () => assertNoFaults(tab.takeFaults()))
}

async function championRow({ page }: Tab, version: string): Promise<void> {
  const rows = page.getByTestId('versions').getByRole('row').filter({ hasText: 'champion' })
  await rows.filter({ has: page.getByRole('link', { name: version, exact: true }) }).waitFor()
  assert.equal(await rows.count(), 1, 'one champion')
}
