import { Link } from 'wouter'
import { Empty } from './answers.tsx'
import { Panel } from './panel.tsx'

/** In the place of a page about models while there is none: how the first comes about. */
export const NoModel = ({ title }: { title: string }) => (
  <Panel>
    <Empty title={title}>
      A pipeline run registers a version once it has been evaluated.{' '}
      <Link className="link" href="/pipeline">
        Make a first commit
      </Link>
    </Empty>
  </Panel>
)
