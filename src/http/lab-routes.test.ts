import { expect, it } from 'vitest'
import { labRoutes, rewriteLabUrl } from './lab-routes.ts'

it.each(labRoutes)('%s is led to the prefix', (route) => {
  const url = route.replace(/:\w+/g, 'a-1')
  expect(rewriteLabUrl({ url })).toBe(`/api/v1${url}`)
  expect(rewriteLabUrl({ url: `${url}?x=/y` })).toBe(`/api/v1${url}?x=/y`)
})

it.each([
  '/',
  '/app/',
  '/api/v1/health',
  '/healthy',
  '/health/x',
  '/models',
  '/pipeline/a/b/status',
  '/pipeline//status',
])('%s is left alone', (url) => expect(rewriteLabUrl({ url })).toBe(url))
