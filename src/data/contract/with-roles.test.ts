import { expect, test } from 'vitest'
import type { Contract } from './contract.ts'
import { withRoles } from './with-roles.ts'

const column = (name: string, more: object = {}) => ({
  name,
  type: 'category' as const,
  nullable: false,
  role: 'feature' as const,
  ...more,
})
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    column('a', { values: ['N', 'Y'] }),
    column('b', { role: 'target', values: ['0', '1'], positive: '1', decisionTime: false }),
    column('c', { role: 'id' }),
    column('d'),
  ],
  rules: [],
}
const rolesOf = ({ columns }: Contract) => Object.fromEntries(columns.map(({ name, role }) => [name, role]))

test('a new target takes the role, and the earlier one is left out', () => {
  const changed = withRoles(contract, { target: 'a', protected: ['d'] })
  expect(rolesOf(changed)).toEqual({ a: 'target', b: 'ignore', c: 'id', d: 'feature' })
  expect(changed.columns[0]).toMatchObject({ positive: 'Y', decisionTime: false })
  expect(changed.columns[3].protected).toBe(true)
})

test('what is not named stays as it was', () => {
  expect(withRoles(contract, {})).toEqual(contract)
  expect(withRoles(contract, { target: 'b' })).toEqual(contract)
})

test('another id makes the earlier one a feature; dropped columns are ignored', () => {
  expect(rolesOf(withRoles(contract, { id: 'd', drop: ['a'] }))).toEqual({
    a: 'ignore',
    b: 'target',
    c: 'feature',
    d: 'id',
  })
})

test.each([
  ['a column that is not there', { target: 'x' }, 'COLUMN_UNKNOWN'],
  ['a positive value that is not there', { target: 'a', positive: 'J' }, 'TARGET_INVALID'],
  ['a target of which nobody knows the positive value', { target: 'd' }, 'TARGET_INVALID'],
])('refuses %s', (_, roles, code) => {
  expect(() => withRoles(contract, roles)).toThrow(expect.objectContaining({ code }))
})
