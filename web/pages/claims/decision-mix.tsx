import type { DecisionMix as Mix } from '../../api/claims-feed.ts'
import { formatShare } from '../../components/format.ts'
import classes from './claims.module.css'

/** Shares of the decisions as one bar, and in words. */
export function DecisionMix({ mix: { nApprove, nRefer, nUnscored } }: { mix: Mix }) {
  const n = nApprove + nRefer + nUnscored
  if (n === 0) return <>–</>
  const parts = [
    { word: 'approve', n: nApprove, tone: 'ok' },
    { word: 'refer', n: nRefer, tone: 'warn' },
    { word: 'unscored', n: nUnscored, tone: 'idle' },
  ].filter((part) => part.n > 0)
  return (
    <span className={classes.mix}>
      <span className={classes.mixBar} aria-hidden="true">
        {parts.map(({ word, n: count, tone }) => (
          <span key={word} data-tone={tone} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className={classes.mixWords}>
        {parts.map(({ word, n: count, tone }) => (
          <span key={word}>
            <span className={classes.key} data-tone={tone} aria-hidden="true" /> {word} {formatShare(count / n, 0)}
          </span>
        ))}
      </span>
    </span>
  )
}
