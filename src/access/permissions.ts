/** What may be done. Routes, WebSockets and commands ask for these, never for a role. */
export const permissions = [
  'view',
  'predict',
  'pipeline.run',
  'approve',
  'rollback',
  'stream.control',
  'outcome.write',
  'actors.manage',
  'privacy.erase',
] as const
export type Permission = (typeof permissions)[number]

/** The one table of who may do what. */
export const roles = {
  viewer: ['view'],
  developer: ['view', 'predict', 'pipeline.run', 'stream.control', 'outcome.write'],
  reviewer: ['view', 'approve', 'rollback'],
  operator: ['view', 'predict', 'outcome.write', 'rollback', 'stream.control', 'privacy.erase'],
  admin: permissions,
} as const satisfies Record<string, readonly Permission[]>
export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as Role[]

/** The roles that carry a permission. */
export function rolesWith(permission: Permission): Role[] {
  return roleNames.filter((role) => (roles[role] as readonly Permission[]).includes(permission))
}

/** Whether any of the actor's roles carries the permission. A role that this release does not know carries none. */
export function isPermitted(actor: { roles: readonly string[] }, permission: Permission): boolean {
  const carriers: string[] = rolesWith(permission)
  return actor.roles.some((role) => carriers.includes(role))
}
