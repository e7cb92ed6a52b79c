import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearchParams } from 'wouter'
import { modelQuery, modelsQuery } from '../../api/models.ts'
import type { ModelSummary } from '../../api/types.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { NoModel } from '../../components/no-model.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { explainPath, explainPlace, type ExplainPlace } from './explain-path.ts'
import classes from './explain.module.css'
import { ModelChoice } from './model-choice.tsx'
import { PredictionView } from './prediction-view.tsx'
import { VersionView } from './version-view.tsx'

/** Why a model decides as it does: as a whole, feature by feature, and for one prediction. What is shown stands in the address. */
export function ExplainPage() {
  const models = useQuery(modelsQuery)
  return (
    <Page title="Explain" note="What moves the scores of a model, and of one prediction">
      <Answer query={models} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <NoModel title="No model yet, so there is nothing to explain" />
          ) : (
            <Explained models={items} />
          )
        }
      </Answer>
    </Page>
  )
}

function Explained({ models }: { models: ModelSummary[] }) {
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const place = explainPlace(search)
  const go = (to: ExplainPlace) => navigate(explainPath(to))
  const model = place.model ?? (models.find(({ champion }) => champion !== null) ?? models[0]).name
  const detail = useQuery(modelQuery(model))
  return (
    <Answer query={detail} lines={8}>
      {({ champion, versions }) => {
        const version = place.version ?? champion ?? versions[0]?.version ?? null
        return (
          <>
            <div className={classes.head}>
              <Views place={{ ...place, model, version: place.version }} />
              <ModelChoice
                models={models.map(({ name }) => name)}
                model={model}
                versions={versions}
                version={place.prediction === null ? version : null}
                onModel={(name) => go({ model: name, prediction: place.prediction === null ? null : '' })}
                onVersion={(name) => go({ model, version: name, feature: place.feature })}
              />
            </div>
            {place.prediction !== null ? (
              <PredictionView model={model} id={place.prediction} onId={(prediction) => go({ model, prediction })} />
            ) : version === null ? (
              <Panel>
                <Empty title={`${model} has no version yet`}>A pipeline run registers one.</Empty>
              </Panel>
            ) : (
              <VersionView
                key={`${model} ${version}`}
                model={model}
                version={version}
                feature={place.feature}
                onFeature={(feature) => go({ model, version: place.version, feature })}
              />
            )}
          </>
        )
      }}
    </Answer>
  )
}

function Views({ place: { model, version, feature, prediction } }: { place: ExplainPlace }) {
  const views = [
    { name: 'The model', path: explainPath({ model, version, feature }), isHere: prediction === null },
    { name: 'One prediction', path: explainPath({ model, prediction: '' }), isHere: prediction !== null },
  ]
  return (
    <nav className={classes.views} aria-label="What to explain">
      {views.map(({ name, path, isHere }) => (
        <Link key={name} href={path} className={classes.view} aria-current={isHere ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
