import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertNamedControls, assertNoFaults, assertNoSidewaysScroll } from '../assertions.ts'
import { settled } from '../browser.ts'
import { looks, takePicture, wear, type Look } from '../looks.ts'
import { until } from '../until.ts'
import type { Setting } from './setting.ts'

const MODEL = 'trained-by-hand'
const BOOSTING = 'gradient_boosting'

/** A training is set up on the page Train and followed to its verdict. */
export async function trainByHand({ checks, tab, server }: Setting): Promise<void> {
  const { page } = tab
  const { items } = await server.client.get<{ items: { id: string; name: string }[] }>('/datasets')
  const dataset = items.find(({ name }) => name === 'claims-denial')
  if (dataset !== undefined) await refuseDirection({ checks, tab, server }, dataset.id)
  const isStarted = await checks.check('train: the form knows the target and starts a run', async () => {
    assert.ok(dataset, 'the sample data is there')
    await tab.open(`/train?dataset=${dataset.id}`)
    await settled(page)
    assert.equal(await page.getByLabel('Column to predict').inputValue(), 'outcome')
    await page.getByLabel('Name of the model').fill(MODEL)
    await page.getByRole('checkbox', { name: 'Random forest' }).uncheck()
    await setDirections(page)
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
  await watchLearning({ checks, tab, server })
  await checks.check('train: it ends on a verdict, with the pictures of the evaluation', async () => {
    const verdict = page.getByTestId('training-verdict')
    await verdict.getByText(/waits for a reviewer|may not go live|is in production/).waitFor({ timeout: 120_000 })
    const evaluation = page.getByTestId('evaluation')
    await evaluation.getByRole('img', { name: 'ROC curve' }).waitFor()
    await evaluation.getByRole('slider').press('ArrowRight')
    await evaluation.getByText('in use', { exact: false }).first().waitFor()
    await takePicture(page, 'train-verdict')
  })
  await checks.check('train: the leaderboard says which way the score may go', async () => {
    const words = 'never falls with billed_amount; never rises with patient_age'
    await page.getByTestId('leaderboard').getByText(words).waitFor()
  })
  await checks.check('train: the curves stay when it is over', async () => {
    for (const algorithm of ['logistic_regression', BOOSTING])
      await page.locator(`[data-testid="learning-${algorithm}"][data-state="succeeded"]`).waitFor()
    await page.getByTestId(`learning-${BOOSTING}`).getByRole('img', { name: 'Learning curve' }).waitFor()
  })
  await checks.check('train: no error in the console, no request to another host', () =>
    assertNoFaults(tab.takeFaults()),
  )
}

/** A direction that the data cannot have, from outside the page: the run fails, and the page says why. */
async function refuseDirection({ checks, tab, server }: Setting, id: string): Promise<void> {
  await checks.check('train: a direction of a category is refused in the words of the server', async () => {
    const options = { [BOOSTING]: { monotone: { patient_gender: 'increasing' } } }
    const { runId } = await server.client.post<{ runId: string }>('/pipeline/start', {
      data: { kind: 'dataset', id },
      target: 'outcome',
      configOverrides: { name: MODEL, model: MODEL, training: { algorithms: [BOOSTING], options } },
    })
    await tab.open(`/train?run=${runId}`)
    const words = 'Option monotone is increasing for the category patient_gender; allowed: columns of numbers'
    await tab.page.getByTestId('faults').getByText(words).waitFor({ timeout: 60_000 })
  })
}

/** Directions of numbers are chosen by keyboard alone; a column that goes one way is not offered for the other. */
async function setDirections(page: Page): Promise<void> {
  const boosting = page.getByTestId(`algorithm-${BOOSTING}`)
  await boosting.getByText('Settings').press('Enter')
  const never = (way: 'falls' | 'rises') => boosting.getByRole('combobox', { name: `Score never ${way} with` })
  await never('falls').focus()
  await page.keyboard.type('billed')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await never('rises').focus()
  const offered = page.getByRole('listbox', { name: 'Score never rises with' }).getByRole('option')
  await offered.getByText('patient_age').waitFor()
  assert.equal(await offered.getByText('billed_amount').count(), 0, 'billed_amount rises already')
  assert.equal(await offered.getByText('patient_gender').count(), 0, 'patient_gender is no number')
  await page.keyboard.type('patient_age')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}

/** The branches work side by side and their curves grow, also for who comes later. */
async function watchLearning({ checks, tab: { page } }: Setting): Promise<void> {
  const card = page.locator(`[data-testid="learning-${BOOSTING}"]`)
  const curve = card.getByRole('img', { name: 'Learning curve' })
  /** Ends of lines, as many as the curves have points. */
  const nPoints = async () => {
    const paths = await curve.locator('path').evaluateAll((all) => all.map((path) => path.getAttribute('d') ?? ''))
    return paths.join('').split(/[ML]/).length - 1
  }
  await checks.check('train: a learning curve grows while its branch works', async () => {
    await page.locator(`[data-testid="learning-${BOOSTING}"][data-state="running"]`).waitFor({ timeout: 60_000 })
    await curve.waitFor()
    const first = await nPoints()
    await until('a curve that has grown', async () => (await nPoints()) > first)
    assert.equal(await page.getByTestId('training-verdict').getByText('is being trained').count(), 1)
    for (const look of Object.keys(looks) as Look[]) {
      await wear(page, look)
      await assertNoSidewaysScroll(page)
      await takePicture(page, `train-learning-${look}`)
    }
    await wear(page, 'wide')
  })
  await checks.check('train: a reload shows what was measured before', async () => {
    const before = await nPoints()
    await page.reload()
    await settled(page)
    await curve.waitFor()
    await until('the points of before', async () => (await nPoints()) >= before)
  })
}
