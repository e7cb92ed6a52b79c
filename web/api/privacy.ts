import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { post, request } from './client.ts'
import type { RunState } from './types.ts'

/** Where something of a person is held, and how much of it. */
export type Finding = { room: string; kind: string; id: string; count: number }

export type ErasureReport = {
  erased: (Finding & { outcome: 'unlinked' | 'removed' | 'replaced'; replacedBy?: string })[]
  nKeysDestroyed: number
  /** they learned from rows of the person, and are not unlearned */
  models: { model: string; version: string; stage: string; datasetVersion: string }[]
  /** where the data came from: not touched */
  sources: { datasetVersion: string; source: string }[]
  /** dataset versions without a column of subjects or ids */
  unsearched: string[]
}

export type Erasure = {
  id: string
  /** pseudonym of whom it is about */
  subject: string
  reason: string
  requestedBy: string
  runId: string | null
  state: RunState | null
  report: ErasureReport | null
  createdAt: string
}

const erasuresKey = ['privacy', 'erasures']

/** Newest first; asked again while one is under way. */
export const erasuresQuery = queryOptions({
  queryKey: erasuresKey,
  queryFn: ({ signal }) => request<{ items: Erasure[] }>('/privacy/erasures', { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ report }) => report === null) ? 2_000 : false),
})

/** Finding what is held of a person, and erasing it. The person's name stays in this page: nothing stores it in clear. */
export function usePrivacyActions() {
  const client = useQueryClient()
  return {
    search: useMutation({
      mutationFn: (subject: string) => post<{ findings: Finding[]; nKeys: number }>('/privacy/search', { subject }),
      gcTime: 0,
    }),
    erase: useMutation({
      mutationFn: (body: { subject: string; reason: string }) => post<Erasure>('/privacy/erasures', body),
      onSuccess: () => client.invalidateQueries({ queryKey: erasuresKey }),
      gcTime: 0,
    }),
  }
}
