import type { RunSummary } from '../api/types.ts'
import { shortId } from './format.ts'

/** What a run is about in a few words: its commit's message, else what set it off. */
export const runTitle = (run: Pick<RunSummary, 'commit' | 'trigger'>) =>
  run.commit?.message.split('\n', 1)[0] ?? `Started by ${run.trigger}`

/** A commit's first characters, with all of them as the title. */
export const Sha = ({ sha }: { sha: string }) => (
  <code className="muted" title={sha}>
    {shortId(sha, 7)}
  </code>
)
