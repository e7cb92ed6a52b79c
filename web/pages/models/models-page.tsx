import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { modelQuery, modelsQuery } from '../../api/models.ts'
import type { ModelSummary } from '../../api/types.ts'
import { Answer } from '../../components/answers.tsx'
import { NoModel } from '../../components/no-model.tsx'
import { Page } from '../../components/page.tsx'
import { RollbackButton } from '../../components/rollback.tsx'
import { HistoryPanel } from './history-panel.tsx'
import classes from './models.module.css'
import { VersionsPanel } from './versions-panel.tsx'

/** The models, and of one all its versions. Without a name in the address the first model is shown. */
export function ModelsPage({ name }: { name: string | null }) {
  const models = useQuery(modelsQuery)
  const shown = name ?? models.data?.items[0]?.name ?? null
  return (
    <Page
      title="Models"
      note="Versions, who is champion, who put it there and why"
      actions={shown !== null && <ModelRollback name={shown} />}
    >
      <Answer query={models}>
        {({ items }) =>
          items.length === 0 ? (
            <NoModel title="No model yet" />
          ) : (
            <>
              {items.length > 1 && <ModelTabs items={items} shown={shown} />}
              {shown !== null && <Model name={shown} />}
            </>
          )
        }
      </Answer>
    </Page>
  )
}

const ModelTabs = ({ items, shown }: { items: ModelSummary[]; shown: string | null }) => (
  <nav className={classes.tabs} aria-label="Models">
    {items.map(({ name, champion, nVersions }) => (
      <Link
        key={name}
        href={`/models/${name}`}
        className={classes.tab}
        aria-current={name === shown ? 'page' : undefined}
      >
        <b>{name}</b>
        <span className="muted">
          {champion === null ? 'no champion' : `champion ${champion}`}, {nVersions}{' '}
          {nVersions === 1 ? 'version' : 'versions'}
        </span>
      </Link>
    ))}
  </nav>
)

function ModelRollback({ name }: { name: string }) {
  const { data } = useQuery(modelQuery(name))
  return (
    <RollbackButton
      model={name}
      from={data?.champion}
      to={data?.previousChampion}
      isDisabled={data !== undefined && data.previousChampion === null}
    />
  )
}

function Model({ name }: { name: string }) {
  const query = useQuery(modelQuery(name))
  return (
    <Answer query={query} lines={8}>
      {(model) => (
        <>
          <VersionsPanel model={model} />
          <HistoryPanel history={model.history} />
        </>
      )}
    </Answer>
  )
}
