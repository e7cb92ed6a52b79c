import { afterEach, beforeEach, expect, it } from 'vitest'
import { startAssayProcess } from './assay-process.ts'
import { makeTemporaryHome, type TemporaryHome } from './temporary-home.ts'

let temporary: TemporaryHome
beforeEach(() => {
  temporary = makeTemporaryHome('process-test')
})
afterEach(() => temporary.remove())

it('a process that does not come up is ASSAY_NOT_STARTED, with the end of its log', async () => {
  const starting = startAssayProcess({ home: temporary.home, env: { ASSAY_LOG_LEVEL: 'loud' } })
  await expect(starting).rejects.toMatchObject({ code: 'ASSAY_NOT_STARTED', details: { home: temporary.home } })
  await expect(starting).rejects.toThrow(/logLevel: given "loud"|not built/)
})
