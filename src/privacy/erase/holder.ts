import type { Subject } from '../subject.ts'

/** Something that holds data of a subject: ids and counts, nothing of the data. */
export type Finding = {
  room: string
  /** e.g. `predictions`, `dataset version`, `artifact` */
  kind: string
  id: string
  /** rows or entries; 1 for what is found or not */
  count: number
}

/** What became of a finding. */
export type Erased = Finding & {
  outcome: 'unlinked' | 'removed' | 'replaced'
  /** what stands in its place */
  replacedBy?: string
}

/** What a room may do while it looks and erases. */
export type HolderContext = {
  actor: string
  signal: AbortSignal
  log: (level: 'debug' | 'info' | 'warn' | 'error', text: string) => void
  progress: (done: number, total: number, text: string) => void
}

/** A room that holds personal data says so at assembly, and the erasure of a subject asks all of them. */
export type PersonalDataHolder = {
  room: string
  find(subject: Subject, context: HolderContext): Promise<Finding[]>
  /** Erases what `find` finds. Called again after a crash: what is gone already is no error. */
  erase(subject: Subject, context: HolderContext): Promise<Erased[]>
}
