import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { post, request } from './client.ts'
import type { Approval, RollbackAnswer, RunDetail, RunState, RunSummary, StepDetail, StepView } from './types.ts'

/** A run that may still change by itself. */
export const isActive = (state: RunState) => state === 'pending' || state === 'running'

type RunPage = { items: RunSummary[]; nextCursor: string | null }

const runPage = (cursor: string | null, limit: number, signal: AbortSignal) =>
  request<RunPage>('/pipeline/runs', { query: { limit, cursor }, signal })

export const runsQuery = infiniteQueryOptions({
  queryKey: ['runs', 'list'],
  queryFn: ({ pageParam, signal }) => runPage(pageParam, 30, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: (query) =>
    query.state.data?.pages.some((page) => page.items.some((run) => isActive(run.state))) ? 2_000 : 15_000,
})

export const latestRunQuery = queryOptions({
  queryKey: ['runs', 'latest'],
  queryFn: async ({ signal }) => {
    const { items } = await runPage(null, 1, signal)
    return items.length === 0 ? null : request<RunDetail>(`/pipeline/${items[0].id}/status`, { signal })
  },
  refetchInterval: (query) => (query.state.data && isActive(query.state.data.state) ? 1_000 : 10_000),
})

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['runs', 'detail', runId],
    queryFn: ({ signal }) => request<RunDetail>(`/pipeline/${runId}/status`, { signal }),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data.state) ? 10_000 : 1_000),
  })

/** Asked anew with each state and attempt, and every two seconds while the step works. */
export const stepQuery = (runId: string, { name, state, attempt }: Pick<StepView, 'name' | 'state' | 'attempt'>) =>
  queryOptions<StepDetail>({
    queryKey: ['runs', 'step', runId, name, state, attempt],
    queryFn: ({ signal }) => request<StepDetail>(`/pipeline/${runId}/steps/${name}`, { signal }),
    placeholderData: (known) => (known?.name === name ? known : undefined),
    refetchInterval: state === 'running' || state === 'waiting' ? 2_000 : false,
  })

export const waitingApprovalsQuery = queryOptions({
  queryKey: ['approvals', 'waiting'],
  queryFn: ({ signal }) => request<{ items: Approval[] }>('/approvals', { query: { status: 'waiting' }, signal }),
})

/** What a run is to be made of; nothing for the shipped project. */
export type StartRun = { data: unknown; target: string; configOverrides: Record<string, unknown> }

export type NewCommit = { commit?: { message: string; author?: string }; ciOnly?: boolean }

/** What a person changes in the pipeline; each success shows at once in every list that knows the run. */
export function usePipelineActions() {
  const client = useQueryClient()
  const refresh = () =>
    Promise.all(
      [['runs'], ['approvals'], ['overview'], ['models']].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  const keep = (run: RunDetail) => {
    client.setQueryData(runQuery(run.id).queryKey, run)
    return refresh()
  }
  return {
    commit: useMutation({
      mutationFn: (body: NewCommit) => post<{ runId: string }>('/pipeline/commit', body),
      onSuccess: refresh,
    }),
    start: useMutation({
      mutationFn: (body: StartRun | void) => post<{ runId: string }>('/pipeline/start', body ?? {}),
      onSuccess: refresh,
    }),
    decide: useMutation({
      mutationFn: ({ runId, decision, reason }: Decision) =>
        post<RunDetail>(`/pipeline/${runId}/${decision}`, { reason }),
      onSuccess: keep,
    }),
    control: useMutation({
      mutationFn: ({ runId, action }: Control) => post<RunDetail>(`/pipeline/${runId}/${action}`),
      onSuccess: keep,
    }),
    waive: useMutation({
      mutationFn: ({ runId, ...body }: { runId: string; gates: string[]; reason: string }) =>
        post<RunDetail>(`/pipeline/${runId}/waivers`, body),
      onSuccess: keep,
    }),
    rollback: useMutation({
      mutationFn: (body: { reason: string; model?: string }) => post<RollbackAnswer>('/pipeline/rollback', body),
      onSuccess: refresh,
    }),
  }
}

export type Decision = { runId: string; decision: 'approve' | 'reject'; reason: string }
export type Control = { runId: string; action: 'continue' | 'cancel' | 'retry' }
