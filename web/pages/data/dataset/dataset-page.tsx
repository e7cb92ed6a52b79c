import { Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ComponentType } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { DatasetVersion } from '../../../api/data-types.ts'
import { datasetQuery, datasetsQuery } from '../../../api/datasets.ts'
import { Answer, Empty, Loading } from '../../../components/answers.tsx'
import { Copy } from '../../../components/copy.tsx'
import { shortId } from '../../../components/format.ts'
import { Page } from '../../../components/page.tsx'
import { Ago } from '../../../components/time.tsx'
import classes from './dataset.module.css'
import { VerdictPanel } from './verdict-panel.tsx'

const ProfileTab = lazy(async () => ({ default: (await import('../profile/profile-tab.tsx')).ProfileTab }))
const ContractTab = lazy(async () => ({ default: (await import('../contract/contract-tab.tsx')).ContractTab }))
const ViolationsTab = lazy(async () => ({ default: (await import('./violations-tab.tsx')).ViolationsTab }))
const QuarantineTab = lazy(async () => ({ default: (await import('../quarantine/quarantine-tab.tsx')).QuarantineTab }))
const VersionsTab = lazy(async () => ({ default: (await import('../versions/versions-tab.tsx')).VersionsTab }))
const PrivacyTab = lazy(async () => ({ default: (await import('../privacy/privacy-tab.tsx')).PrivacyTab }))

const tabs: { name: string; title: string; Tab: ComponentType<{ version: DatasetVersion }> }[] = [
  { name: 'profile', title: 'Profile', Tab: ProfileTab },
  { name: 'contract', title: 'Contract', Tab: ContractTab },
  { name: 'violations', title: 'Violations', Tab: ViolationsTab },
  { name: 'quarantine', title: 'Quarantine', Tab: QuarantineTab },
  { name: 'versions', title: 'Versions', Tab: VersionsTab },
  { name: 'privacy', title: 'Privacy', Tab: PrivacyTab },
]

/** A dataset: the verdict on one of its versions, the newest unless another is asked for, and all that is known of it. */
export function DatasetPage({ name, id }: { name: string; id: string | null }) {
  const list = useQuery(datasetsQuery(name))
  const newest = list.data?.items.find((version) => version.name === name)
  const wanted = id ?? newest?.id
  const query = useQuery({ ...datasetQuery(wanted ?? ''), enabled: wanted !== undefined })
  return (
    <Page
      title={name}
      heading={
        <>
          <Link href="/data" className={classes.up}>
            Data
          </Link>{' '}
          <span className="muted">/</span> {name}
        </>
      }
      note={query.data && <VersionNote version={query.data} newest={newest} />}
    >
      {wanted === undefined ? (
        <Answer query={list} lines={8}>
          {() => (
            <Empty
              title={`There is no dataset ${name}`}
              action={
                <Button component={Link} href="/data">
                  See all data
                </Button>
              }
            />
          )}
        </Answer>
      ) : (
        <Answer query={query} lines={8}>
          {(version) => <Dataset key={version.id} version={version} />}
        </Answer>
      )}
    </Page>
  )
}

function VersionNote({ version, newest }: { version: DatasetVersion; newest: DatasetVersion | undefined }) {
  return (
    <>
      <span>
        version <code title={version.id}>{shortId(version.id, 12)}</code> <Copy value={version.id} what="version" />
      </span>
      <span>
        made <Ago at={version.createdAt} /> of {version.source}
      </span>
      {newest !== undefined && newest.id !== version.id && (
        <Link className="link" href={`/data/${version.name}`}>
          there is a newer one
        </Link>
      )}
    </>
  )
}

function Dataset({ version }: { version: DatasetVersion }) {
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const chosen = tabs.find(({ name }) => name === search.get('tab')) ?? tabs[0]
  return (
    <>
      <VerdictPanel version={version} />
      <Tabs
        value={chosen.name}
        onChange={(tab) => navigate(`/data/${version.name}/${version.id}?tab=${tab}`)}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List className={classes.list}>
          {tabs.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
              {name === 'quarantine' && version.nQuarantined > 0 && (
                <span className={classes.count}> {version.nQuarantined.toLocaleString('en-GB')}</span>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, Tab }) => (
          <Tabs.Panel key={name} value={name} className={classes.panel}>
            <Suspense fallback={<Loading lines={8} />}>
              <Tab version={version} />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
