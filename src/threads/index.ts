export { runTeam, TaskError, type TeamHooks, type TeamWork } from './team.ts'
export type { PrepareTask, Report, RunTask } from './task.ts'
