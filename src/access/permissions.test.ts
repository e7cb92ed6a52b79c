import { describe, expect, it } from 'vitest'
import { isPermitted, permissions, roleNames, roles, rolesWith } from './permissions.ts'
import { approvalPolicyOf } from './policy.ts'

describe('the permission table', () => {
  it('gives the administrator everything, and every permission to somebody', () => {
    for (const permission of permissions) expect(rolesWith(permission)).toContain('admin')
  })

  it('lets everyone see, and only reviewers and administrators approve', () => {
    expect(rolesWith('view')).toEqual(roleNames)
    expect(rolesWith('approve')).toEqual(['reviewer', 'admin'])
    expect(rolesWith('actors.manage')).toEqual(['admin'])
    expect(rolesWith('privacy.erase')).toEqual(['operator', 'admin'])
  })

  it('adds up the roles of an actor, and gives a role it does not know nothing', () => {
    const actor = { roles: ['viewer', 'reviewer', 'emperor'] }
    expect(permissions.filter((permission) => isPermitted(actor, permission))).toEqual(roles.reviewer)
    expect(isPermitted({ roles: [] }, 'view')).toBe(false)
  })
})

describe('the approval policy', () => {
  it.each([
    [0, 'solo'],
    [1, 'solo'],
    [2, 'four-eyes'],
    [7, 'four-eyes'],
  ])('with %i reviewers is %s', (nReviewers, policy) => {
    expect(approvalPolicyOf(nReviewers)).toBe(policy)
  })
})
