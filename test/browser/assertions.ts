import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

const MOST_TABS = 60

/** The page does not scroll sideways; says what sticks out. */
export async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, client, wide } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > clientWidth + 1
    const wide = scrollWidth > clientWidth ? [...document.querySelectorAll('main *')].filter(sticksOut) : []
    return {
      scroll: scrollWidth,
      client: clientWidth,
      wide: wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`),
    }
  })
  assert.ok(scroll <= client, `the page is ${scroll} px wide in a window of ${client} px: ${wide.join(', ')}`)
}

/** Nothing of a box that scrolls is hidden to its right. */
export async function assertNothingCutOff(box: Locator): Promise<void> {
  const { scroll, client } = await box.evaluate(({ scrollWidth, clientWidth }) => ({
    scroll: scrollWidth,
    client: clientWidth,
  }))
  assert.ok(scroll <= client, `${scroll} px of content in a box of ${client} px`)
}

/** Everything that can be pressed, followed or filled in says what it is to somebody who does not see it. */
export async function assertNamedControls(page: Page): Promise<void> {
  const roles = /^\s*- (button|link|checkbox|textbox|combobox|radio|slider|tab|spinbutton)( \[[^\]]*\])*:?$/
  const tree = await page.locator('body').ariaSnapshot()
  const lines = tree.split('\n')
  assert.ok(
    lines.some((line) => /- (button|link) "/.test(line)),
    'nothing was found to look at',
  )
  const nameless = lines.filter((line) => roles.test(line))
  assert.deepEqual(nameless, [], 'controls without a name')
}

export async function assertTitle(page: Page, title: string): Promise<void> {
  assert.equal(await page.title(), `${title} · Assay`)
  await page.locator('main h1').getByText(title.split(/[ :]/)[0]).waitFor()
}

/** Pressing Tab from the top of the page comes to the control, and it shows that it has the focus. */
export async function assertReachedByTab(page: Page, control: Locator): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.locator('body').press('Home')
  for (let nTabs = 1; nTabs <= MOST_TABS; nTabs++) {
    await page.keyboard.press('Tab')
    const isThere = await control.evaluate((element) => element === document.activeElement)
    if (!isThere) continue
    const ring = await control.evaluate((element) => {
      const { outlineStyle, boxShadow } = getComputedStyle(element)
      return outlineStyle !== 'none' || boxShadow !== 'none'
    })
    assert.ok(ring, 'it has the focus but does not show it')
    return control.evaluate((element) => (element as HTMLElement).blur())
  }
  assert.fail(`not reached within ${MOST_TABS} presses of Tab`)
}

export function assertNoFaults(faults: string[]): void {
  assert.deepEqual(faults, [], 'errors in the console or requests to another host')
}
