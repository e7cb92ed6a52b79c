import { useMemo } from 'react'
import classes from './code.module.css'
import { highlight } from './highlight.ts'

/** Source text, coloured; scrolls inside itself and can be scrolled by keyboard. */
export function Code({ text, label }: { text: string; label: string }) {
  const tokens = useMemo(() => highlight(text), [text])
  return (
    <pre className={classes.code} tabIndex={0} role="region" aria-label={label}>
      <code>
        {tokens.map((token, i) => (
          <span key={i} data-kind={token.kind === 'plain' ? undefined : token.kind}>
            {token.text}
          </span>
        ))}
      </code>
    </pre>
  )
}

/** Any JSON, indented and coloured. */
export const Json = ({ value, label }: { value: unknown; label: string }) => (
  <Code text={JSON.stringify(value, null, 2) ?? 'null'} label={label} />
)
