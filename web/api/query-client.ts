import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './client.ts'

/** A refusal stays a refusal: only a server that is away or overtaxed is asked again. */
const isWorthRetrying = (error: Error) => !(error instanceof ApiError) || error.status === 0 || error.status >= 502

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 2_000, retry: (nFailures, error) => nFailures < 2 && isWorthRetrying(error) },
  },
})
