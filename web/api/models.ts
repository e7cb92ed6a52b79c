import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'
import type { Comparison, ModelDetail, ModelSummary, VersionDetail } from './types.ts'

export const modelsQuery = queryOptions({
  queryKey: ['models', 'list'],
  queryFn: ({ signal }) => request<{ items: ModelSummary[] }>('/models', { signal }),
})

export const modelQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', 'detail', name],
    queryFn: ({ signal }) => request<ModelDetail>(`/models/${encodeURIComponent(name)}`, { signal }),
  })

export const versionQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: ['models', 'version', name, version],
    queryFn: ({ signal }) => request<VersionDetail>(`/models/${encodeURIComponent(name)}/${version}`, { signal }),
  })

export const comparisonQuery = (name: string, a: string, b: string) =>
  queryOptions({
    queryKey: ['models', 'compare', name, a, b],
    queryFn: ({ signal }) => request<Comparison>(`/models/${encodeURIComponent(name)}/compare/${a}/${b}`, { signal }),
    staleTime: 60_000,
  })
