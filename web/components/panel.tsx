import type { ReactNode } from 'react'
import classes from './panel.module.css'

type Props = {
  title?: ReactNode
  /** shown at the right of the title */
  aside?: ReactNode
  /** content reaches the edges, as a table does */
  isFlush?: boolean
  children: ReactNode
  testId?: string
  className?: string
}

/** A titled box: the one container of all pages. */
export function Panel({ title, aside, isFlush, children, testId, className }: Props) {
  return (
    <section className={`${classes.panel} ${className ?? ''}`} data-testid={testId}>
      {title !== undefined && (
        <header className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        </header>
      )}
      <div className={isFlush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
