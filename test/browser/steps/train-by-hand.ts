import assert from 'node:assert/strict'
import { assertNamedControls, assertNoFaults, assertNoSidewaysScroll } from '../assertions.ts'
import { settled } from '../browser.ts'
import { looks, takePicture, wear, type Look } from '../looks.ts'
import type { Setting } from './setting.ts'

const MODEL = 'trained-by-hand'

/** A training is set up on the page Train and followed to its verdict. */
export async function trainByHand({ checks, tab, server }: Setting): Promise<void> {
  const { page } = tab
  const { items } = await server.client.get<{ items: { id: string; name: string }[] }>('/datasets')
  const dataset = items.find(({ name }) => name === 'claims-denial')
  const isStarted = await checks.check('train: the form knows the target and starts a run', async () => {
    assert.ok(dataset, 'the sample data is there')
    await tab.open(`/train?dataset=${dataset.id}`)
    await settled(page)
    assert.equal(await page.getByLabel('Column to predict').inputValue(), 'outcome')
    await page.getByLabel('Name of the model').fill(MODEL)
    await page.getByRole('checkbox', { name: 'Random forest' }).uncheck()
    await page.getByRole('checkbox', { name: 'Gradient boosting' }).uncheck()
    for (const look of Object.keys(looks) as Look[]) {
      await wear(page, look)
      await assertNoSidewaysScroll(page)
      await assertNamedControls(page)
      await takePicture(page, `train-form-${look}`)
    }
    await wear(page, 'wide')
    await page.getByRole('button', { name: 'Start the training' }).click()
    await page.waitForURL(/[?&]run=/)
  })
  if (!isStarted) return
  await checks.check('train: it ends on a verdict, with the pictures of the evaluation', async () => {
    const verdict = page.getByTestId('training-verdict')
    await verdict.getByText(/waits for a reviewer|may not go live|is in production/).waitFor({ timeout: 120_000 })
    const evaluation = page.getByTestId('evaluation')
    await evaluation.getByRole('img', { name: 'ROC curve' }).waitFor()
    await evaluation.getByRole('slider').press('ArrowRight')
    await evaluation.getByText('in use', { exact: false }).first().waitFor()
    await takePicture(page, 'train-verdict')
  })
  await checks.check('train: no error in the console, no request to another host', () =>
    assertNoFaults(tab.takeFaults()),
  )
}
