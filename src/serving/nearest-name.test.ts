import { expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const known = ['amount', 'age', 'provider_type', 'days_to_submit']

test.each([
  ['amout', 'amount'],
  ['AMOUNT', 'amount'],
  ['provider type', 'provider_type'],
  ['daysToSubmit', 'days_to_submit'],
  ['ag', 'age'],
])('%s is near %s', (name, nearest) => expect(nearestName(name, known)).toBe(nearest))

test.each(['colour', 'x', 'a'.repeat(101)])('nothing is near %s', (name) =>
  expect(nearestName(name, known)).toBeUndefined(),
)
