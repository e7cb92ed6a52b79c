import { useMemo } from 'react'
import { lineDiff, shortDiff } from './contract-text.ts'
import classes from './contract.module.css'

const signs = { same: ' ', added: '+', removed: '−' }

/** Two texts of a contract, changed lines only. */
export function ContractDiff({ before, after, title }: { before: string; after: string; title: string }) {
  const lines = useMemo(() => shortDiff(lineDiff(before, after)), [before, after])
  if (lines.length === 0) return <p className="muted">{title}: the same text.</p>
  return (
    <figure className={classes.diff}>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} aria-label={title}>
        {lines.map((line, i) =>
          line === null ? (
            <span key={i} className="muted">
              {'  ⋯\n'}
            </span>
          ) : (
            <span key={i} data-kind={line.kind}>{`${signs[line.kind]} ${line.text}\n`}</span>
          ),
        )}
      </pre>
    </figure>
  )
}
