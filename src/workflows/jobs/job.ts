import type { Measure } from '../../pipelines/index.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What a job's body may do besides its work. It ends when its process is ended, so it need not watch a signal. */
export type JobContext = {
  log: (level: LogLevel, text: string) => void
  progress: (done: number, total: number, text: string) => void
  /** A number that is worth a chart. */
  measure: Measure
}

/** Heavy work that runs in a process of its own: its memory and CPU time never reach the API. Data goes by reference. */
export type Job<Input, Output> = { name: string; run: (input: Input, context: JobContext) => Promise<Output> }
