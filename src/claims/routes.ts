import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { claimAt } from './columns.ts'
import { generateClaims } from './generate.ts'
import { ClaimSchema } from './schemas.ts'

/** Synthetic claims on demand. */
export function claimRoutes(app: App): void {
  app.get(
    '/claims/generate',
    {
      schema: {
        tags: ['claims'],
        summary: 'Synthetic claims, the same for the same seed',
        querystring: Type.Object({
          n: Type.Integer({ minimum: 1, maximum: 1_000, default: 10 }),
          seed: Type.Integer({ minimum: 0, default: 42 }),
          startIndex: Type.Integer({ minimum: 0, default: 0 }),
        }),
        response: { 200: Type.Object({ claims: Type.Array(ClaimSchema) }) },
      },
      preHandler: authorise('view'),
    },
    async ({ query }) => {
      const columns = generateClaims({ ...query, startDate: '2026-01-01' })
      return { claims: Array.from({ length: query.n }, (_, i) => claimAt(columns, i)) }
    },
  )
}
