import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertNamedControls, assertNoFaults, assertNoSidewaysScroll } from '../assertions.ts'
import { settled } from '../browser.ts'
import { looks, takePicture, wear, type Look } from '../looks.ts'
import type { Setting } from './setting.ts'

type Version = { id: string; name: string; nRows: number; nQuarantined: number; contractVersion: number }

const NAME = 'dropped-claims'
const FILE = 'dropped claims.csv'
const N_ROWS = 600
/** Rows of the file, from 0, whose amount is no number. */
const BROKEN = [7, 77, 307]

/** The claims that Assay makes up, as a file with faults in it. */
async function claimsFile({ server }: Setting): Promise<string> {
  const { claims } = await server.client.get<{ claims: Record<string, unknown>[] }>(
    `/claims/generate?n=${N_ROWS}&seed=7`,
  )
  const names = Object.keys(claims[0])
  assert.ok(names.includes('billed_amount'), 'the claims have an amount')
  const line = (claim: Record<string, unknown>, row: number) =>
    names
      .map((name) => (name === 'billed_amount' && BROKEN.includes(row) ? 'n.a. (see note)' : String(claim[name] ?? '')))
      .join(';')
  return [names.join(';'), ...claims.map(line)].join('\n')
}

/** A file is dropped on the page Data: the verdict, the contract, a row mended into a new version. */
export async function bringData(setting: Setting): Promise<void> {
  const { checks, tab, server } = setting
  const { page } = tab
  const file = await claimsFile(setting)
  const versions = async () => (await server.client.get<{ items: Version[] }>(`/datasets?name=${NAME}`)).items

  await checks.check('data: a dropped file is sent, and its name proposed', async () => {
    await tab.open('/data')
    await drop(page, FILE, file)
    await page.getByText('all here').waitFor()
    assert.equal(await page.getByLabel('Name of the dataset').inputValue(), NAME)
    await takePicture(page, 'data-upload')
  })
  const isImported = await checks.check('data: the import ends on the verdict', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.waitForURL(new RegExp(`/data/${NAME}/[0-9a-f]{64}`), { timeout: 60_000 })
    await settled(page)
    const verdict = page.getByTestId('verdict')
    await verdict.getByText(`${N_ROWS - BROKEN.length} rows and`).waitFor()
    await verdict.getByText(`${BROKEN.length} rows (0.5 %) break the contract`).waitFor()
  })
  if (!isImported) return
  await lookAtTabs(setting)
  await checks.check('data: a role is changed in the contract and saved as its next version', async () => {
    const [{ contractVersion }] = await versions()
    await page.getByRole('tab', { name: 'Contract' }).click()
    await page.getByLabel('Role of outcome').selectOption('target')
    await page.getByRole('button', { name: `Save as version ${contractVersion + 1}` }).click()
    await page
      .getByText(`Version ${contractVersion + 1}`, { exact: false })
      .first()
      .waitFor()
  })
  await checks.check('data: a row in quarantine is mended, and a new version has it', async () => {
    const [before] = await versions()
    await page.getByRole('tab', { name: /^Quarantine/ }).click()
    await page.getByLabel(`billed_amount of row ${BROKEN[0] + 1}`, { exact: true }).fill('120.50')
    await page.getByRole('button', { name: `Discard row ${BROKEN[1] + 1}`, exact: true }).click()
    await page.getByTestId('corrections').getByText('1 mended, 1 discarded').waitFor()
    await page.getByRole('button', { name: 'Make a new version' }).click()
    await page.waitForURL(
      (url) => /\/data\/[^/]+\/[0-9a-f]{64}/.test(url.pathname) && !url.pathname.endsWith(before.id),
      { timeout: 60_000 },
    )
    const [after] = await versions()
    assert.deepEqual([after.nRows, after.nQuarantined], [before.nRows + 1, 1])
  })
  await checks.check('data: no error in the console, no request to another host', () =>
    assertNoFaults(tab.takeFaults()),
  )
}

/** Drops a text as a file on the page, as a hand would. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([text], name, { type: 'text/csv' }))
      return data
    },
    { name, text },
  )
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator('main').dispatchEvent(type, { dataTransfer: transfer })
  }
}

const tabs = [
  ['Profile', (page: Page) => page.getByTestId('column-detail').locator('svg').first()],
  ['Violations', (page: Page) => page.getByRole('cell', { name: /billed_amount/ }).first()],
  ['Quarantine', (page: Page) => page.getByRole('button', { name: /^Discard row/ }).first()],
  ['Versions', (page: Page) => page.getByText('shown here')],
  ['Privacy', (page: Page) => page.getByTestId('anonymity-report')],
  ['Contract', (page: Page) => page.getByLabel('Role of outcome')],
] as const

/** Each tab of a dataset in every look. */
async function lookAtTabs({ checks, tab: { page } }: Setting): Promise<void> {
  for (const [title, content] of tabs) {
    await checks.check(`data: the tab ${title} shows what it is for, in every look`, async () => {
      await page.getByRole('tab', { name: new RegExp(`^${title}`) }).click()
      if (title === 'Profile') await page.getByRole('button', { name: 'billed_amount' }).click()
      if (title === 'Privacy') await measureAnonymity(page)
      await content(page).waitFor()
      for (const look of Object.keys(looks) as Look[]) {
        await wear(page, look)
        await assertNoSidewaysScroll(page)
        await assertNamedControls(page)
        await takePicture(page, `data-${title.toLowerCase()}-${look}`)
      }
      await wear(page, 'wide')
    })
  }
}

/** Asks by keyboard how well a person hides, over the columns proposed, and reads the verdict. */
async function measureAnonymity(page: Page): Promise<void> {
  const panel = page.getByTestId('anonymity')
  await panel.getByText('patient_age', { exact: true }).first().waitFor()
  await panel.getByLabel('What must not be learned').selectOption('denial_reason')
  await panel.getByRole('button', { name: 'Measure' }).press('Enter')
  const report = panel.getByTestId('anonymity-report')
  await report
    .getByText(new RegExp(`^\\d+ of ${N_ROWS - BROKEN.length} rows .* look like fewer than 4 others\\.$`))
    .waitFor()
  await report.getByText(/It would help most to change \w+ \(.*\): \d+ rows/).waitFor()
  await report.getByRole('row', { name: /^nothing: as it is/ }).waitFor()
  await page.getByTestId('erase').waitFor()
}
