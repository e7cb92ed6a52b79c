import { ActionIcon, Drawer } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { useLiveEvents } from '../api/live-events.ts'
import { waitingApprovalsQuery } from '../api/pipeline.ts'
import type { SocketState } from '../api/resumable-socket.ts'
import {
  ClaimsIcon,
  DataIcon,
  ExplainIcon,
  MenuIcon,
  ModelsIcon,
  OverviewIcon,
  PipelineIcon,
  TrainIcon,
} from '../components/icons.tsx'
import { ActorMenu } from './actor-menu.tsx'
import classes from './shell.module.css'

const places = [
  { path: '/', name: 'Overview', Icon: OverviewIcon },
  { path: '/data', name: 'Data', Icon: DataIcon },
  { path: '/train', name: 'Train', Icon: TrainIcon },
  { path: '/pipeline', name: 'Pipeline', Icon: PipelineIcon },
  { path: '/claims', name: 'Claims', Icon: ClaimsIcon },
  { path: '/models', name: 'Models', Icon: ModelsIcon },
  { path: '/explain', name: 'Explain', Icon: ExplainIcon },
]

/** The frame of every page: navigation, who is signed in, whether the picture is live. */
export function Shell({ children }: { children: ReactNode }) {
  const connection = useLiveEvents()
  const [isOpen, setIsOpen] = useState(false)
  const [location] = useLocation()
  useEffect(() => setIsOpen(false), [location])

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <header className={classes.bar}>
        <ActionIcon onClick={() => setIsOpen(true)} aria-label="Open navigation" size={36}>
          <MenuIcon />
        </ActionIcon>
        <Brand />
      </header>
      <Drawer opened={isOpen} onClose={() => setIsOpen(false)} title={<Brand />} size={260}>
        <div className={classes.drawer}>
          <Side connection={connection} />
        </div>
      </Drawer>
      <aside className={classes.side}>
        <Brand />
        <Side connection={connection} />
      </aside>
      <main id="content" tabIndex={-1} className={classes.content}>
        {children}
      </main>
    </div>
  )
}

const Brand = () => (
  <Link href="/" className={classes.brand}>
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--a-ink)" />
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8 24 16 7l8 17" stroke="var(--a-on-ink)" strokeWidth="3" />
        <path d="m12 18.5 3.2 3.2 5.6-5.6" stroke="var(--a-ok-mark)" strokeWidth="2.6" />
      </g>
    </svg>
    Assay
  </Link>
)

function Side({ connection }: { connection: SocketState }) {
  const { data: waiting } = useQuery(waitingApprovalsQuery)
  const nWaiting = waiting?.items.length ?? 0
  return (
    <>
      <nav aria-label="Main" className={classes.places}>
        {places.map(({ path, name, Icon }) => (
          <Place key={path} path={path} name={name} icon={<Icon />}>
            {name === 'Pipeline' && nWaiting > 0 && (
              <span className={classes.count} title={`${nWaiting} waiting for approval`}>
                {nWaiting}
                <span className="visually-hidden"> waiting for approval</span>
              </span>
            )}
          </Place>
        ))}
      </nav>
      <div className={classes.foot}>
        <Connection state={connection} />
        <ActorMenu />
      </div>
    </>
  )
}

function Place({ path, name, icon, children }: { path: string; name: string; icon: ReactNode; children?: ReactNode }) {
  const [location] = useLocation()
  const isHere = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)
  return (
    <Link href={path} className={classes.place} aria-current={isHere ? 'page' : undefined}>
      {icon}
      {name}
      {children}
    </Link>
  )
}

/** Says so when the live connection is down, because what is shown may then be old. */
function Connection({ state }: { state: SocketState }) {
  const isLive = state === 'open'
  return (
    <div className={classes.connection} role="status" data-live={isLive}>
      <span className={classes.dot} aria-hidden="true" />
      {isLive ? 'Live' : state === 'connecting' ? 'Connecting…' : 'Not connected, trying again'}
    </div>
  )
}
