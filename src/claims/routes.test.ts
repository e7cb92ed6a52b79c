import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { claimAt, claimRoutes, generateClaims } from './index.ts'

let test: TestApp
let viewer: { authorization: string }
beforeAll(async () => {
  test = await createTestApp({ routes: [(app) => claimRoutes(app)] })
  viewer = await test.as('viewer')
})
afterAll(() => test.close())

const get = (query: string, headers = {}) => test.app.inject({ url: `/api/v1/claims/generate${query}`, headers })

it.each(['?n=0', '?n=1001', '?n=1.5', '?n=many', '?seed=-1', '?startIndex=-1'])(
  'generate%s is refused by the schema',
  async (query) => {
    expect((await get(query)).statusCode).toBe(422)
  },
)

it('needs a key, then the right to view', async () => {
  expect((await get('')).statusCode).toBe(401)
  expect((await get('', await test.as())).statusCode).toBe(403)
})

it('answers ten claims when not told how many', async () => {
  const { claims } = (await get('', viewer)).json()
  expect(claims).toHaveLength(10)
  expect((await get('?seed=42', viewer)).json()).toEqual({ claims })
})

it('answers the claims of the generator, field by field, at the root and under the prefix', async () => {
  const columns = generateClaims({ n: 3, seed: 7, startIndex: 300, startDate: '2026-01-01' })
  const answer = await get('?n=3&seed=7&startIndex=300', viewer)
  expect(answer.json()).toEqual({ claims: [0, 1, 2].map((i) => claimAt(columns, i)) })
  expect((await test.app.inject({ url: '/claims/generate?n=3&seed=7&startIndex=300', headers: viewer })).body).toBe(
    answer.body,
  )
})
