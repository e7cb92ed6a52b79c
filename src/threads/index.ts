export { runTeam, TaskError, type TeamHooks, type TeamWork } from './team.ts'
export type { PrepareTask, RunTask } from './task.ts'
