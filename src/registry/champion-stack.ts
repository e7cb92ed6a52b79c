import type { StageChange } from './schemas.ts'

/**
 * Champions of a model, the present one last: a promotion (which stands on an approval) puts a version on top, a rollback (which
 * needs none) takes the top away. So two rollbacks in a row go back two versions, and never forward to the one that failed.
 * @param history oldest first
 */
export function championStack(history: Pick<StageChange, 'version' | 'to' | 'approvalId'>[]): string[] {
  const stack: string[] = []
  for (const { version, to, approvalId } of history) {
    if (to !== 'production') continue
    if (approvalId === null) stack.pop()
    else stack.push(version)
  }
  return stack
}
