import type { ReactNode } from 'react'
import classes from './facts.module.css'

export type Fact = [name: string, value: ReactNode]

/** Names and values, aligned. */
export function Facts({ facts, columns = 1 }: { facts: Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className={classes.facts} data-columns={columns}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type FigureProps = { name: string; value: ReactNode; unit?: string; note?: ReactNode; children?: ReactNode }

/** One number that matters: its name, itself, its unit, a word on it, a small picture. */
export function Figure({ name, value, unit, note, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <div className={classes.name}>{name}</div>
      <div className={classes.row}>
        <span className={classes.value}>
          {value}
          {unit !== undefined && <span className={classes.unit}> {unit}</span>}
        </span>
        {children}
      </div>
      {note !== undefined && <div className={classes.note}>{note}</div>}
    </div>
  )
}

/** Figures side by side, parted by lines. */
export function Figures({ children }: { children: ReactNode }) {
  return <div className={classes.figures}>{children}</div>
}
