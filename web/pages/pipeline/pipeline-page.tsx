import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { runQuery, runsQuery } from '../../api/pipeline.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { NewCommitButton } from './new-commit.tsx'
import classes from './pipeline.module.css'
import { RunList } from './run-list.tsx'
import { RunView } from './run-view.tsx'
import { RollbackButton } from '../../components/rollback.tsx'

/** Runs of the pipeline, one of them live, its steps one by one. Run, step and tab are in the address. */
export function PipelinePage({ runId }: { runId: string | null }) {
  const runs = useInfiniteQuery(runsQuery)
  const [, navigate] = useLocation()
  const all = runs.data?.pages.flatMap((page) => page.items)
  const shownId = runId ?? all?.[0]?.id ?? null
  const open = (id: string) => navigate(`/pipeline/${id}`)

  return (
    <Page
      title="Pipeline"
      note="From a commit to a champion, in twelve steps"
      actions={
        <>
          <RollbackButton />
          <NewCommitButton onStarted={open} />
        </>
      }
    >
      <Answer query={{ ...runs, data: all }} lines={6}>
        {(items) =>
          items.length === 0 && shownId === null ? (
            <Panel>
              <Empty title="No run yet" action={<NewCommitButton onStarted={open} />}>
                A run takes a commit through checks, training, evaluation, approval and release. Make a first commit to
                see one.
              </Empty>
            </Panel>
          ) : (
            <div className={classes.layout}>
              <RunList
                runs={items}
                selectedId={shownId}
                onMore={runs.hasNextPage ? () => void runs.fetchNextPage() : undefined}
                isLoadingMore={runs.isFetchingNextPage}
              />
              {shownId !== null && <Selected key={shownId} runId={shownId} />}
            </div>
          )
        }
      </Answer>
    </Page>
  )
}

function Selected({ runId }: { runId: string }) {
  const query = useQuery(runQuery(runId))
  const [search, setSearch] = useSearchParams()
  const change = (name: string, value: string) =>
    setSearch(
      (known) => {
        const next = new URLSearchParams(known)
        next.set(name, value)
        return next
      },
      { replace: true },
    )
  return (
    <div className={classes.main}>
      <Answer query={query} lines={8}>
        {(run) => (
          <RunView
            run={run}
            step={search.get('step')}
            tab={search.get('tab')}
            onStep={(name) => change('step', name)}
            onTab={(name) => change('tab', name)}
          />
        )}
      </Answer>
    </div>
  )
}
