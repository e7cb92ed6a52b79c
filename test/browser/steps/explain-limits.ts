import { assertNamedControls, assertNoFaults, assertNoSidewaysScroll } from '../assertions.ts'
import { takePicture } from '../looks.ts'
import { until } from '../until.ts'
import { MODEL } from './runs.ts'
import type { Setting } from './setting.ts'

/** An id that no prediction has. */
export async function explainUnknown({ checks, tab }: Setting): Promise<void> {
  const { page } = tab
  await checks.check('explain: an id that no prediction has is told as such', async () => {
    await tab.open(`/explain?model=${MODEL}&prediction=`)
    await page.getByLabel('Prediction', { exact: true }).fill('no-such-prediction')
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.getByTestId('error').getByText('NOT_FOUND').waitFor()
    await takePicture(page, 'explain-unknown')
    // What the browser writes of the refusal is no fault of the page.
    tab.takeFaults()
  })
}

type Predictions = { items: { id: string; input: Record<string, unknown> | null }[] }

/** A prediction about a person who has been erased since. */
export async function explainErased({ checks, tab, server: { client } }: Setting): Promise<void> {
  const { page } = tab
  await checks.check('explain: of an erased person it says that nothing is left to explain from', async () => {
    const subject = 'somebody to be forgotten'
    const { items } = await client.get<Predictions>(`/predictions?model=${MODEL}&limit=5`)
    const inputs = items.find(({ input }) => input !== null)!.input
    const answer = await client.post<{ predictions: { id: string }[] }>(`/predict/${MODEL}`, { inputs, subject })
    const { id } = answer.predictions[0]
    await client.post('/privacy/erasures', { subject, reason: 'asked for it' })
    await until('the erasure', async () => (await client.get<{ erased: boolean }>(`/predictions/${id}`)).erased)
    await tab.open(`/explain?prediction=${id}`)
    await page.getByTestId('erased').getByText('has been erased').waitFor()
    await assertNoSidewaysScroll(page)
    await assertNamedControls(page)
    await takePicture(page, 'explain-erased')
    assertNoFaults(tab.takeFaults())
  })
}
