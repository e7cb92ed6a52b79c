export { AnsweringThread, NoAnswerError, type AnsweringThreadOptions } from './answering-thread.ts'
export { runTeam, TaskError, type TeamHooks, type TeamWork } from './team.ts'
export type { AnswerRequest, PrepareAnswers, PrepareTask, Report, RunTask } from './task.ts'
