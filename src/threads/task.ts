/**
 * What a task module exports as `prepareTask`: called once in each thread with the team's shared input, it returns the
 * function that does one task. The function may be called for any task numbers, in ascending order, on any thread, so
 * its result must depend on the number alone. Give big results as typed arrays with a buffer of their own: buffers
 * named in `transfer` move to the caller without a copy.
 */
export type PrepareTask<Input, Result> = (input: Input) => RunTask<Result>
export type RunTask<Result> = (task: number, report: Report) => { result: Result; transfer?: ArrayBuffer[] }

/** Tells the caller's thread something while a task runs; a copy of the value goes to the hook of that name. */
export type Report = (value: unknown) => void

/**
 * What the module of a thread that stays exports as `prepareAnswers`: called once in the thread with its input, it returns the
 * function that answers a request. Requests come one at a time: the next when this one is answered, or failed.
 */
export type PrepareAnswers<Input, Request, Answer> = (
  input: Input,
) => AnswerRequest<Request, Answer> | Promise<AnswerRequest<Request, Answer>>
export type AnswerRequest<Request, Answer> = (request: Request) => Answer | Promise<Answer>

/** What the main thread hands to a worker. */
export type WorkerInput = {
  /** URL of the task module. */
  module: string
  input: unknown
  nTasks: number
  /** Two Int32: the next task number, and 1 once no further task may start. */
  control: Int32Array<SharedArrayBuffer>
}

/** Places in `control`. */
export const NEXT_TASK = 0
export const STOPPED = 1

/** What the main thread hands to a thread that stays, and then, request by request. */
export type AnsweringInput = Pick<WorkerInput, 'module' | 'input'>
export type RequestMessage = { task: number; request: unknown }

/** What a worker tells the main thread; of a thread that stays, a task is a request. */
export type WorkerMessage =
  | { type: 'done'; task: number; result: unknown }
  | { type: 'failed'; task: number; error: unknown }
  | { type: 'report'; value: unknown }

/** What a thread of a team tells it besides: that it takes no further task. */
export type TeamMessage = WorkerMessage | { type: 'ended' }
