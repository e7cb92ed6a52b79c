import { lazy, Suspense } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Empty, Loading } from '../components/answers.tsx'
import { Page } from '../components/page.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { Shell } from './shell.tsx'

const OverviewPage = lazy(async () => ({ default: (await import('../pages/overview/overview-page.tsx')).OverviewPage }))
const DataPage = lazy(async () => ({ default: (await import('../pages/data/data-page.tsx')).DataPage }))
const DatasetPage = lazy(async () => ({
  default: (await import('../pages/data/dataset/dataset-page.tsx')).DatasetPage,
}))
const TrainPage = lazy(async () => ({ default: (await import('../pages/train/train-page.tsx')).TrainPage }))
const PipelinePage = lazy(async () => ({ default: (await import('../pages/pipeline/pipeline-page.tsx')).PipelinePage }))
const ClaimsPage = lazy(async () => ({ default: (await import('../pages/claims/claims-page.tsx')).ClaimsPage }))
const ModelsPage = lazy(async () => ({ default: (await import('../pages/models/models-page.tsx')).ModelsPage }))
const VersionPage = lazy(async () => ({ default: (await import('../pages/models/version-page.tsx')).VersionPage }))
const ComparePage = lazy(async () => ({ default: (await import('../pages/models/compare-page.tsx')).ComparePage }))
const ExplainPage = lazy(async () => ({ default: (await import('../pages/explain/explain-page.tsx')).ExplainPage }))

export const App = () => (
  <Router base="/app">
    <Shell>
      <PageBoundary>
        <Suspense fallback={<Loading lines={8} />}>
          <Switch>
            <Route path="/">
              <OverviewPage />
            </Route>
            <Route path="/data">
              <DataPage />
            </Route>
            <Route path="/data/:name/:id?">{({ name, id }) => <DatasetPage name={name} id={id ?? null} />}</Route>
            <Route path="/train">
              <TrainPage />
            </Route>
            <Route path="/pipeline/:runId?">{({ runId }) => <PipelinePage runId={runId ?? null} />}</Route>
            <Route path="/claims">
              <ClaimsPage />
            </Route>
            <Route path="/explain">
              <ExplainPage />
            </Route>
            <Route path="/models/:name/compare/:a/:b">
              {({ name, a, b }) => <ComparePage name={name} a={a} b={b} />}
            </Route>
            <Route path="/models/:name/:version">
              {({ name, version }) => <VersionPage name={name} version={version} />}
            </Route>
            <Route path="/models/:name?">{({ name }) => <ModelsPage name={name ?? null} />}</Route>
            <Route>
              <Page title="Not found">
                <Empty title="There is no page at this address">Choose one from the navigation.</Empty>
              </Page>
            </Route>
          </Switch>
        </Suspense>
      </PageBoundary>
    </Shell>
  </Router>
)
