import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { post, request } from './client.ts'
import type {
  AnonymityReport,
  AnonymityRequest,
  ContractFault,
  ContractVersion,
  Corrections,
  DatasetDiff,
  DatasetVersion,
  DatasetWarning,
  ImportRequest,
  Lineage,
  Profile,
  QuarantinedRow,
  SourceSpec,
  SourceTest,
  Violation,
} from './data-types.ts'

/** Versions of every dataset, or of one, newest first. */
export const datasetsQuery = (name?: string) =>
  queryOptions({
    queryKey: ['datasets', 'list', name ?? null],
    queryFn: ({ signal }) => request<{ items: DatasetVersion[] }>('/datasets', { query: { name, limit: 200 }, signal }),
  })

/** A part of a version. Versions never change, so what is known stays true. */
const partQuery = <Part>(id: string, part: string) =>
  queryOptions({
    queryKey: ['datasets', 'part', id, part],
    queryFn: ({ signal }) => request<Part>(`/datasets/${id}${part}`, { signal }),
    staleTime: Infinity,
  })

export const datasetQuery = (id: string) => partQuery<DatasetVersion>(id, '')
export const profileQuery = (id: string) => partQuery<Profile>(id, '/profile')
export const violationsQuery = (id: string) => partQuery<{ items: Violation[] }>(id, '/violations')
export const warningsQuery = (id: string) => partQuery<{ items: DatasetWarning[] }>(id, '/warnings')
export const diffQuery = (id: string, other: string) => partQuery<DatasetDiff>(id, `/diff/${other}`)
export const lineageQuery = (id: string) => ({ ...partQuery<Lineage>(id, '/lineage'), staleTime: 10_000 })

/** How anonymous a version is; counted anew for each question, which takes seconds on a million rows. Null asks nothing. */
export const anonymityQuery = (id: string, body: AnonymityRequest | null) =>
  queryOptions({
    queryKey: ['datasets', 'anonymity', id, body],
    queryFn: ({ signal }) =>
      request<AnonymityReport>(`/datasets/${id}/anonymity`, { method: 'POST', body: body!, signal }),
    enabled: body !== null,
    staleTime: Infinity,
  })

type QuarantinePage = { items: QuarantinedRow[]; nextCursor: string | null }

/** Rows in quarantine, all or those of one reason, page by page. */
export const quarantineQuery = (id: string, reason: string | null) =>
  infiniteQueryOptions({
    queryKey: ['datasets', 'quarantine', id, reason],
    queryFn: ({ pageParam, signal }) =>
      request<QuarantinePage>(`/datasets/${id}/quarantine`, { query: { reason, after: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Infinity,
  })

export const contractQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['contracts', name, version],
    queryFn: ({ signal }) => request<ContractVersion>(`/contracts/${name}/${version}`, { signal }),
    staleTime: Infinity,
  })

/** The newest version of a dataset's contract. */
export const latestContractQuery = (name: string) =>
  queryOptions({
    queryKey: ['contracts', name, 'latest'],
    queryFn: ({ signal }) => request<ContractVersion>(`/contracts/${name}`, { signal }),
  })

/** What is wrong with a contract's text, line by line. */
export const contractFaultsQuery = (yaml: string) =>
  queryOptions({
    queryKey: ['contracts', 'check', yaml],
    queryFn: ({ signal }) =>
      request<{ faults: ContractFault[] }>('/contracts/check', { method: 'POST', body: { yaml }, signal }),
    staleTime: Infinity,
    gcTime: 30_000,
  })

/** Opens a source and reads its first rows, without keeping any. */
export const useSourceTest = () =>
  useMutation({ mutationFn: (source: SourceSpec) => post<SourceTest>('/data/sources/test', { source }) })

/** What changes data. Each import and each correction is a run, whose end brings the version. */
export function useDataActions() {
  const client = useQueryClient()
  const refresh = (...keys: string[]) => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })))
  return {
    start: useMutation({
      mutationFn: (body: ImportRequest) => post<{ runId: string }>('/data/imports', body),
      onSuccess: () => refresh('runs'),
    }),
    correct: useMutation({
      mutationFn: ({ id, ...body }: Corrections & { id: string }) =>
        post<{ runId: string }>(`/datasets/${id}/quarantine/corrections`, body),
      onSuccess: () => refresh('runs'),
    }),
    saveContract: useMutation({
      mutationFn: ({ name, ...body }: { name: string; yaml: string; basedOn: number }) =>
        request<ContractVersion>(`/contracts/${name}`, { method: 'PUT', body }),
      onSuccess: () => refresh('contracts'),
    }),
  }
}
