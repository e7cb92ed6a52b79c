import type { Series } from '../../pipelines/index.ts'
import type { LogLevel } from './job.ts'

/** First and only message from the parent. */
export type JobRequest = { job: string; input: unknown }

/** What the child sends back; `result` or `error` is the last. */
export type JobReply =
  | { type: 'progress'; done: number; total: number; text: string }
  | { type: 'log'; level: LogLevel; text: string }
  | { type: 'measure'; series: Series; x: number; y: number }
  | { type: 'result'; output: unknown }
  | {
      type: 'error'
      error: { code?: string; details?: Record<string, string | number>; message: string; stack?: string }
    }
