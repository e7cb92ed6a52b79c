import assert from 'node:assert/strict'
import { assertNoFaults } from '../assertions.ts'
import { takePicture } from '../looks.ts'
import type { Tab } from '../browser.ts'
import type { Release } from './release.ts'
import { modelFacts } from './runs.ts'
import type { Setting } from './setting.ts'

const REASON = 'Refers twice as many claims as last week'

/** Sees `version` in production on the Models page, and puts the one `before` it back. */
export async function rollBackByHand(
  { checks: { check }, tab, server }: Setting,
  { before, version }: Release,
): Promise<void> {
  const { page } = tab
  await check('roll back: the new version is champion, by the page and by the API', async () => {
    const { champion, previousChampion } = await modelFacts(server)
    assert.deepEqual({ champion, previousChampion }, { champion: version, previousChampion: before })
    await tab.open('/models')
    await seeChampion(tab, version)
  })
  await check('roll back: Roll back with a reason puts the previous version back', async () => {
    await page.getByRole('button', { name: 'Roll back' }).click()
    const dialog = page.getByRole('dialog', { name: /^Roll back/ })
    await dialog.getByText(before, { exact: true }).waitFor()
    const rollBack = dialog.getByRole('button', { name: 'Roll back now' })
    assert.ok(await rollBack.isDisabled(), 'not without a reason')
    await takePicture(page, 'rollback-dialog')
    await dialog.getByLabel('Reason').fill(REASON)
    await rollBack.click()
    await dialog.waitFor({ state: 'hidden' })
    await seeChampion(tab, before)
    await page.getByTestId('history').getByRole('cell', { name: REASON }).first().waitFor()
    const { champion, history } = await modelFacts(server)
    assert.equal(champion, before)
    assert.ok(
      history.some((change) => change.version === before && change.reason === REASON),
      'the reason is recorded',
    )
  })
  await check('roll back: no error in the console, no request to another host', () => assertNoFaults(tab.takeFaults()))
}

async function seeChampion({ page }: Tab, version: string): Promise<void> {
  const champions = page.getByTestId('versions').getByRole('row').filter({ hasText: 'champion' })
  await champions.filter({ has: page.getByRole('link', { name: version, exact: true }) }).waitFor()
  assert.equal(await champions.count(), 1, 'one champion')
}
