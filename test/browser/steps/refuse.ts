import assert from 'node:assert/strict'
import { assertNoFaults } from '../assertions.ts'
import { takePicture } from '../looks.ts'
import { commitByHand, MODEL, modelFacts, runReaches } from './runs.ts'
import type { Setting } from './setting.ts'

/** Two runs that do not reach production: one is cancelled while it works, the version of the other is rejected. */
export async function refuseByHand({ checks: { check }, tab, server }: Setting): Promise<void> {
  const { page } = tab
  const { champion } = await modelFacts(server)
  await tab.open('/pipeline')

  await check('refuse: Cancel ends a run that works', async () => {
    const runId = await commitByHand(page, 'A change of mind')
    await page.locator('[data-testid^="step-"][data-state="running"]').first().waitFor()
    await page.getByRole('button', { name: 'Cancel run' }).click()
    const run = await runReaches(server, runId, 'cancelled')
    await page.locator('h2').getByText('Cancelled', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Cancel run' }).waitFor({ state: 'detached' })
    assert.ok(
      run.steps.every(({ state }) => state !== 'running'),
      'no step goes on',
    )
    await takePicture(page, 'pipeline-cancelled')
  })

  await check('refuse: Reject with a reason keeps a version out of production', async () => {
    const runId = await commitByHand(page, 'Fewer trees')
    await runReaches(server, runId, 'waiting')
    await page.getByRole('button', { name: 'Reject', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `Reject ${MODEL}` })
    await dialog.getByLabel('Reason').fill('Fairness report first')
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    const run = await runReaches(server, runId, 'failed')
    assert.equal(run.failure?.step, 'approval')
    await page.getByRole('alert').getByText('Fairness report first').first().waitFor()
    assert.equal((await modelFacts(server)).champion, champion, 'the champion stays')
    await takePicture(page, 'pipeline-rejected')
  })
  await check('refuse: no error in the console, no request to another host', () => assertNoFaults(tab.takeFaults()))
}
