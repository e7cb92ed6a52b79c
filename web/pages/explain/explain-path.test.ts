import { expect, it } from 'vitest'
import { explainPath, explainPlace, type ExplainPlace } from './explain-path.ts'

const search = (path: string) => new URL(path, 'http://assay').searchParams

it('an address leads back to the place it was made of', () => {
  const places: ExplainPlace[] = [
    { model: 'claims-denial', version: '1.2.0', feature: 'a & b = ü', prediction: null },
    { model: 'claims-denial', version: null, feature: null, prediction: 'p/1?' },
    { model: null, version: null, feature: null, prediction: '' },
  ]
  for (const place of places) expect(explainPlace(search(explainPath(place)))).toEqual(place)
})

it('names only what is given', () => {
  expect(explainPath({})).toBe('/explain')
  expect(explainPath({ model: 'm', prediction: '' })).toBe('/explain?model=m&prediction=')
})
