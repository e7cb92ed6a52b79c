import { useEffect, type ReactNode } from 'react'
import classes from './page.module.css'

type Props = { title: string; heading?: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A page: its heading, a line of what matters most, its actions, its content. Names the browser's tab. */
export function Page({ title, heading, note, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Assay`
  }, [title])
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{heading ?? title}</h1>
          {note !== undefined && <div className={classes.note}>{note}</div>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
