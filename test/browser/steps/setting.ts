import type { Tab } from '../browser.ts'
import type { Checks } from '../checks.ts'
import type { Server } from '../server.ts'

/** What every step works with: where checks are counted, the tab it looks through, the server behind the tab. */
export type Setting = { checks: Checks; tab: Tab; server: Server }
