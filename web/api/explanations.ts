import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'
import type { GlobalExplanation, PredictionExplanationAnswer, PredictionRow } from './types.ts'

/** How a version decides. The first to ask for one that is not kept waits while it is computed, and is not asked to twice. */
export const explanationQuery = (model: string, version: string) =>
  queryOptions({
    queryKey: ['explanations', 'version', model, version],
    queryFn: ({ signal }) =>
      request<GlobalExplanation>(`/models/${encodeURIComponent(model)}/versions/${version}/explanation`, { signal }),
    staleTime: 60_000,
  })

/** Why a prediction came out as it did. */
export const predictionExplanationQuery = (id: string) =>
  queryOptions({
    queryKey: ['explanations', 'prediction', id],
    queryFn: ({ signal }) =>
      request<PredictionExplanationAnswer>(`/predictions/${encodeURIComponent(id)}/explanation`, { signal }),
  })

/** The newest predictions of a model that were answered to somebody. */
export const recentPredictionsQuery = (model: string) =>
  queryOptions({
    queryKey: ['predictions', 'recent', model],
    queryFn: ({ signal }) =>
      request<{ items: PredictionRow[] }>('/predictions', { query: { model, limit: 25 }, signal }),
  })
