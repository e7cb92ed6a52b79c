import type { Page } from 'playwright-core'

/** The states a step's card has shown, in their order. */
export type Witnessed = Record<string, string[]>

/**
 * Writes down each state that the cards of a run's steps show from now on, as a person would see them who does not look
 * away. Forgotten when the page is loaded anew.
 */
export async function watchSteps(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Witnessed = {}
    const look = () => {
      for (const card of document.querySelectorAll<HTMLElement>('button[data-testid^="step-"]')) {
        const name = card.dataset.testid!.slice('step-'.length)
        const state = card.dataset.state!
        const states = (seen[name] ??= [])
        if (states.at(-1) !== state) states.push(state)
      }
    }
    Object.assign(window, { witnessed: seen })
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-state'],
    })
  })
}

export const witnessed = (page: Page) => page.evaluate(() => (window as unknown as { witnessed: Witnessed }).witnessed)
