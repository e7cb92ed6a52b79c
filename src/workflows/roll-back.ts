import { withTransaction, type Db } from '../platform/index.ts'
import { rollback } from '../registry/index.ts'
import type { Serving } from '../serving/index.ts'

/**
 * Puts the previous champion back in one call. Answers once this process serves it; others follow by NOTIFY.
 * @throws NO_PREVIOUS_CHAMPION
 */
export async function rollBack(
  { db, serving }: { db: Db; serving: Pick<Serving, 'reconcile'> },
  request: { model: string; actor: string; reason: string },
): Promise<{ model: string; from: string; to: string; durationMs: number }> {
  const startedAt = performance.now()
  const { from, to } = await withTransaction(db, (tx) => rollback(tx, request))
  await serving.reconcile(request.model)
  return { model: request.model, from, to, durationMs: Math.round(performance.now() - startedAt) }
}
