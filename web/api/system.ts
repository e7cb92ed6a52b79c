import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { post, request } from './client.ts'
import type { Actor, AssayEvent, CreatedActor, Me, Overview, Permission, Role } from './types.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('/me', { signal }),
  staleTime: 60_000,
})

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => request<Overview>('/overview', { signal }),
  refetchInterval: 5_000,
})

export const actorsQuery = queryOptions({
  queryKey: ['actors'],
  queryFn: ({ signal }) => request<{ items: Actor[] }>('/actors', { signal }),
})

export const listEvents = (query: { after?: number; limit?: number }, signal?: AbortSignal) =>
  request<{ items: AssayEvent[]; last: number }>('/events', { query, signal })

export function useAddActor() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (actor: { name: string; roles: Role[] }) => post<CreatedActor>('/actors', actor),
    onSuccess: () => Promise.all([['actors'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

const permissions: Record<Exclude<Role, 'admin'>, Permission[]> = {
  viewer: ['view'],
  developer: ['view', 'predict', 'pipeline.run', 'stream.control', 'outcome.write'],
  reviewer: ['view', 'approve', 'rollback'],
  operator: ['view', 'predict', 'outcome.write', 'rollback', 'stream.control', 'privacy.erase'],
}

/** Whether an actor's roles carry a permission. For showing a button as usable; the server decides on its own. */
export function isAllowed(roles: Role[], permission: Permission): boolean {
  return roles.some((role) => role === 'admin' || (permissions[role]?.includes(permission) ?? false))
}

/** The roles that carry a permission, for telling a person what they lack. */
export function rolesWith(permission: Permission): Role[] {
  const roles = Object.keys(permissions) as Exclude<Role, 'admin'>[]
  return [...roles.filter((role) => permissions[role].includes(permission)), 'admin']
}
