import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import classes from './answers.module.css'
import { BlockedIcon } from './icons.tsx'

/** Grey lines in the place of what is being loaded. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div className={classes.loading} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={14} width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </div>
  )
}

/** Nothing there yet, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty} data-testid="empty">
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.hint}>{children}</div>}
      {action}
    </div>
  )
}

/** What went wrong, in the server's own words, with its code and request id, and a way on. */
export function Failure({ error, onRetry, isBusy }: { error: Error; onRetry?: () => void; isBusy?: boolean }) {
  const problem = error instanceof ApiError ? error : null
  return (
    <div className={classes.failure} role="alert" data-testid="error">
      <BlockedIcon size={16} className={classes.failureIcon} />
      <div className={classes.failureText}>
        <p className={classes.title}>{problem?.detail ?? error.message}</p>
        {problem !== null && problem.faults.length > 0 && (
          <ul className={classes.faults}>
            {problem.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {problem?.status === 401 && <p>Sign in with a key, from the menu at the lower left.</p>}
        {problem !== null && (
          <p className={classes.code}>
            {problem.code}
            {problem.requestId !== null && ` · request ${problem.requestId}`}
          </p>
        )}
      </div>
      {onRetry !== undefined && (
        <Button onClick={onRetry} loading={isBusy}>
          Try again
        </Button>
      )}
    </div>
  )
}

type AnswerProps<Data> = {
  query: { data: Data | undefined; error: Error | null; isFetching: boolean; refetch: () => unknown }
  lines?: number
  children: (data: Data) => ReactNode
}

/**
 * A query's answer: grey lines while there is none, the failure when there never was one. An answer that could not be
 * refreshed stays on the page, with the failure above it.
 */
export function Answer<Data>({ query, lines, children }: AnswerProps<Data>) {
  const { data, error, isFetching, refetch } = query
  const failure = error !== null && <Failure error={error} onRetry={() => void refetch()} isBusy={isFetching} />
  if (data === undefined) return failure || <Loading lines={lines} />
  return (
    <>
      {failure}
      {children(data)}
    </>
  )
}
