import fs from 'node:fs'
import { expect, test } from 'vitest'
import { trapCodes } from '../index.ts'
import { adviceFor } from './advice.ts'

const page = fs.readFileSync(new URL('../../../docs/traps.md', import.meta.url), 'utf8')

test('each trap is a heading of the page that its advice points to, and a row of its table', () => {
  const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, code]) => code)
  expect(headings.toSorted()).toEqual(trapCodes.toSorted())
  for (const code of trapCodes) {
    expect(adviceFor(code)).toMatch(new RegExp(`^[A-Z].*[.] See docs/traps[.]md#${code.toLowerCase()}[.]$`))
    expect(page).toContain(`| [${code}](#${code.toLowerCase()}) |`)
  }
})
