import { AssayError } from '../errors/index.ts'
import type { Stage, StageChange } from './schemas.ts'

/** Where a version may be moved by hand. Production is entered and left by promotion and rollback alone. */
const moves: Record<Stage, readonly Stage[]> = {
  development: ['staging', 'archived'],
  staging: ['development', 'archived'],
  production: [],
  archived: ['development', 'staging'],
}

/** @throws STAGE_REFUSED when a version in `from` may not be moved to `to`. */
export function checkMove(version: { model: string; version: string; stage: Stage }, to: Stage): void {
  const wanted = moves[version.stage]
  if (wanted.includes(to)) return
  throw new AssayError('STAGE_REFUSED', {
    model: version.model,
    version: version.version,
    from: version.stage,
    to,
    wanted: wanted.length > 0 ? `wanted ${wanted.join(' or ')}` : 'promote another version or roll back instead',
  })
}

/** @throws STAGE_REFUSED unless the version is in staging, the one stage that leads to production. */
export function checkPromotable(version: { model: string; version: string; stage: Stage }): void {
  if (version.stage === 'staging') return
  throw new AssayError('STAGE_REFUSED', {
    model: version.model,
    version: version.version,
    from: version.stage,
    to: 'production',
    wanted: 'move it to staging first',
  })
}

type Move = Pick<StageChange, 'version' | 'to' | 'action'>

/**
 * Champions of a model, the present one last: a promotion puts a version on top, a rollback takes the top away. So two
 * rollbacks in a row go back two versions, and never forward to the one that failed.
 * @param history oldest first
 */
export function championStack(history: Move[]): string[] {
  const stack: string[] = []
  for (const { version, to, action } of history) {
    if (to !== 'production') continue
    if (action === 'rollback') stack.pop()
    else stack.push(version)
  }
  return stack
}
