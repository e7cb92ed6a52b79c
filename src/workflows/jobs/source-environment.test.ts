import { expect, test } from 'vitest'
import { sourceEnvironment } from './source-environment.ts'

test('a source gets the variables of its owner, never those of Assay', () => {
  const env = { CLAIMS_URL: 'a', ASSAY_HOME_KEY: 'b', DATABASE_URL: 'c', ARTIFACT_URL: 'd', MY_DATABASE_URL: 'e' }
  expect(sourceEnvironment(env)).toEqual({ CLAIMS_URL: 'a', MY_DATABASE_URL: 'e' })
})
