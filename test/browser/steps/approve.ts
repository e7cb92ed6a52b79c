import assert from 'node:assert/strict'
import { takePicture } from '../looks.ts'
import { MODEL, runReaches } from './runs.ts'
import type { Setting } from './setting.ts'
import { watchSteps, witnessed } from './witness.ts'

const STEPS = ['approval', 'staging', 'shadow', 'promote', 'rollback']

/** Approves the waiting run that is on the page. @returns the version that went into production, if one did */
export async function approveByHand(
  { checks, tab: { page }, server }: Setting,
  runId: string,
): Promise<string | undefined> {
  const dialog = page.getByRole('dialog', { name: `Approve ${MODEL}` })
  const approve = dialog.getByRole('button', { name: 'Approve', exact: true })
  let version: string | undefined

  await checks.check('release: the dialog shows gates and champion, and wants a reason', async () => {
    await watchSteps(page)
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    const gates = dialog.getByRole('table', { name: 'Gates' })
    await gates.getByText('Passed').first().waitFor()
    assert.ok((await gates.getByRole('row').count()) > 5, 'a row for each gate')
    await dialog.getByRole('heading', { name: 'Challenger against champion' }).waitFor()
    await dialog.getByRole('row', { name: /^AUC/ }).waitFor()
    await dialog.getByTestId('self-approval').waitFor()
    assert.ok(await approve.isDisabled(), 'not without a reason')
    await takePicture(page, 'approve-dialog')
  })
  await checks.check('release: approved with a reason, the run goes on to its end', async () => {
    await dialog.getByLabel('Reason').fill('Gates pass and it is no worse than the champion')
    await approve.click()
    await dialog.waitFor({ state: 'hidden' })
    const run = await runReaches(server, runId, 'succeeded')
    await page.locator('h2').getByText('Succeeded', { exact: true }).first().waitFor()
    const seen = await witnessed(page)
    for (const step of STEPS) assert.equal(seen[step].at(-1), 'succeeded', step)
    assert.ok(seen.shadow.includes('running'), 'the shadow was seen to run')
    version = run.modelVersion!
  })
  return version
}
