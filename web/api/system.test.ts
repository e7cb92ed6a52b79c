import { expect, it } from 'vitest'
import { isAllowed, rolesWith } from './system.ts'

it('lets an admin do all, a viewer only look', () => {
  expect(isAllowed(['admin'], 'actors.manage')).toBe(true)
  expect(isAllowed(['viewer'], 'view')).toBe(true)
  expect(isAllowed(['viewer'], 'approve')).toBe(false)
})

it('adds up the permissions of several roles', () => {
  expect(isAllowed(['developer', 'reviewer'], 'approve')).toBe(true)
  expect(isAllowed([], 'view')).toBe(false)
})

it('names who may do a thing', () => {
  expect(rolesWith('rollback')).toEqual(['reviewer', 'operator', 'admin'])
  expect(rolesWith('actors.manage')).toEqual(['admin'])
})
