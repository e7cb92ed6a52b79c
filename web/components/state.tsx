import type { ComponentType } from 'react'
import type { DriftStatus, GateVerdict, RunState, Severity, Stage, StepState } from '../api/types.ts'
import * as icons from './icons.tsx'
import classes from './state.module.css'

export type Tone = 'ok' | 'warn' | 'bad' | 'run' | 'idle'
type Look = { tone: Tone; word: string; Icon: ComponentType<{ size?: number; className?: string }> }

const states: Record<StepState | RunState, Look> = {
  pending: { tone: 'idle', word: 'Pending', Icon: icons.PendingIcon },
  queued: { tone: 'idle', word: 'Queued', Icon: icons.QueuedIcon },
  running: { tone: 'run', word: 'Running', Icon: icons.RunningIcon },
  waiting: { tone: 'warn', word: 'Waiting', Icon: icons.WaitingIcon },
  succeeded: { tone: 'ok', word: 'Succeeded', Icon: icons.SucceededIcon },
  failed: { tone: 'bad', word: 'Failed', Icon: icons.FailedIcon },
  skipped: { tone: 'idle', word: 'Skipped', Icon: icons.SkippedIcon },
  cancelled: { tone: 'idle', word: 'Cancelled', Icon: icons.CancelledIcon },
  cached: { tone: 'ok', word: 'From cache', Icon: icons.CachedIcon },
}

const verdicts: Record<GateVerdict, Look> = {
  passed: { tone: 'ok', word: 'Passed', Icon: icons.SucceededIcon },
  warned: { tone: 'warn', word: 'Warned', Icon: icons.WarnedIcon },
  blocked: { tone: 'bad', word: 'Blocked', Icon: icons.BlockedIcon },
  waived: { tone: 'warn', word: 'Waived', Icon: icons.WaivedIcon },
  'not-configured': { tone: 'idle', word: 'Not configured', Icon: icons.CancelledIcon },
  'not-declared': { tone: 'idle', word: 'Not declared', Icon: icons.CancelledIcon },
  unknown: { tone: 'idle', word: 'Unknown', Icon: icons.UnknownIcon },
}

const drifts: Record<DriftStatus, Look> = {
  none: { tone: 'ok', word: 'No drift', Icon: icons.SucceededIcon },
  watch: { tone: 'warn', word: 'Watch', Icon: icons.WarnedIcon },
  retrain: { tone: 'bad', word: 'Retrain', Icon: icons.WarnedIcon },
  critical: { tone: 'bad', word: 'Critical', Icon: icons.BlockedIcon },
  'insufficient-data': { tone: 'idle', word: 'Too few rows yet', Icon: icons.QueuedIcon },
}

const psis: Record<'none' | 'minor' | 'major', Look> = {
  none: { tone: 'ok', word: 'None', Icon: icons.SucceededIcon },
  minor: { tone: 'warn', word: 'Minor', Icon: icons.WarnedIcon },
  major: { tone: 'bad', word: 'Major', Icon: icons.BlockedIcon },
}

const severities: Record<Severity, Look> = {
  critical: { tone: 'bad', word: 'Critical', Icon: icons.BlockedIcon },
  high: { tone: 'bad', word: 'High', Icon: icons.WarnedIcon },
  medium: { tone: 'warn', word: 'Medium', Icon: icons.WarnedIcon },
  low: { tone: 'idle', word: 'Low', Icon: icons.UnknownIcon },
}

const stages: Record<Stage, Look> = {
  development: { tone: 'idle', word: 'Development', Icon: icons.PendingIcon },
  staging: { tone: 'run', word: 'Staging', Icon: icons.CachedIcon },
  production: { tone: 'ok', word: 'Production', Icon: icons.SucceededIcon },
  archived: { tone: 'idle', word: 'Archived', Icon: icons.CancelledIcon },
}

const decisions: Record<'approve' | 'refer', Look> = {
  approve: { tone: 'ok', word: 'Approve', Icon: icons.SucceededIcon },
  refer: { tone: 'warn', word: 'Refer', Icon: icons.PersonIcon },
}

const fallback = (word: string): Look => ({ tone: 'idle', word, Icon: icons.UnknownIcon })

const kinds = {
  state: states,
  verdict: verdicts,
  drift: drifts,
  psi: psis,
  severity: severities,
  stage: stages,
  decision: decisions,
}
type Kinds = typeof kinds

/** Icon, word and tone of a value; a value this version does not know shows as its own name, grey. */
export function lookOf<Kind extends keyof Kinds>(kind: Kind, value: keyof Kinds[Kind] & string): Look {
  return (kinds[kind] as Record<string, Look>)[value] ?? fallback(value)
}

type MarkProps<Kind extends keyof Kinds> = {
  kind: Kind
  value: keyof Kinds[Kind] & string
  size?: number
  /** a tinted ground, for the one state that matters most on a page */
  isTinted?: boolean
  /** the icon alone; the word goes to screen readers */
  isIconOnly?: boolean
}

/** A state as icon and word, never as colour alone. */
export function StateMark<Kind extends keyof Kinds>({ kind, value, size = 14, isTinted, isIconOnly }: MarkProps<Kind>) {
  const { tone, word, Icon } = lookOf(kind, value)
  const spins = kind === 'state' && value === 'running'
  return (
    <span
      className={classes.mark}
      data-tone={tone}
      data-tinted={isTinted || undefined}
      title={isIconOnly ? word : undefined}
    >
      <Icon size={size} className={spins ? classes.spin : undefined} />
      <span className={isIconOnly ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  )
}
