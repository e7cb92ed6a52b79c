import {
  assertNamedControls,
  assertNoFaults,
  assertNoSidewaysScroll,
  assertReachedByTab,
  assertTitle,
} from '../assertions.ts'
import type { Tab } from '../browser.ts'
import { looks, takePicture, wear, type Look } from '../looks.ts'
import type { Checks } from '../checks.ts'
import type { Locator, Page } from 'playwright-core'

/** A page of the UI, and what is to be found on it. */
export type Place = {
  /** of its pictures */
  name: string
  path: string
  title: string
  /** the control a person comes to this page for */
  main: (page: Page) => Locator
  /** checks of its content, by name */
  content: Record<string, (page: Page) => Promise<unknown>>
}

/** Goes to a page and looks at it in every look: content, names, title, keyboard, width, faults; takes its pictures. */
export async function visit(checks: Checks, tab: Tab, place: Place): Promise<void> {
  const { page } = tab
  const { check } = checks
  const say = (text: string) => `${place.name}: ${text}`
  await check(say('opens, with its title'), async () => {
    await tab.open(place.path)
    await assertTitle(page, place.title)
  })
  for (const [name, work] of Object.entries(place.content)) await check(say(name), () => work(page))
  await check(say('Tab comes to the main action'), () => assertReachedByTab(page, place.main(page)))
  for (const look of Object.keys(looks) as Look[]) {
    await check(say(`${look}: no sideways scroll, every control has a name`), async () => {
      await wear(page, look)
      await assertNoSidewaysScroll(page)
      await assertNamedControls(page)
    })
    await takePicture(page, `${place.name}-${look}`)
  }
  await wear(page, 'wide')
  await check(say('no error in the console, no request to another host'), () => assertNoFaults(tab.takeFaults()))
}
