import { AssayError } from '../errors/index.ts'
import type { Db } from '../platform/index.ts'
import type { VariantCounts } from './counts.ts'
import type { VariantRole } from './prediction-log.ts'
import type { Runtime, RuntimeFault } from './runtime.ts'
import { shadowReport, type ShadowReport } from './shadow-report.ts'

/** What this process serves of a model, with the counts of the last 24 hours over all replicas. */
export type DeploymentView = {
  model: string
  /** raised by every change of what is wanted */
  revision: number
  variants: {
    version: string
    role: VariantRole
    share: number
    nPredictions: number
    nErrors: number
    p50Ms: number | null
    p95Ms: number | null
    p99Ms: number | null
  }[]
  /** versions in memory: those above and the predecessor that a rollback switches to */
  warm: string[]
  /** what is wanted and cannot be served */
  faults: RuntimeFault[]
  /** the last 24 hours of the shadow beside the champion */
  shadow: ShadowReport | null
}

const DAY_MS = 24 * 3_600_000

/** @throws NOT_FOUND for a model that is not deployed */
export async function viewDeployment(
  db: Db,
  { model, runtime, counts, now }: { model: string; runtime: Runtime; counts: VariantCounts[]; now: Date },
): Promise<DeploymentView> {
  const served = runtime.find(model)
  if (!served) throw new AssayError('NOT_FOUND', { what: 'Deployment', id: model })
  const shadow = served.variants.get('shadow')?.loaded.version
  const since = new Date(now.getTime() - DAY_MS)
  return {
    model,
    revision: served.revision,
    variants: [...served.variants.values()].map(({ role, share, loaded: { version } }) => {
      const counted = counts.find((row) => row.version === version && row.variant === role)
      return {
        version,
        role,
        share,
        nPredictions: counted?.nPredictions ?? 0,
        nErrors: counted?.nErrors ?? 0,
        p50Ms: counted?.p50Ms ?? null,
        p95Ms: counted?.p95Ms ?? null,
        p99Ms: counted?.p99Ms ?? null,
      }
    }),
    warm: runtime.inMemory(model),
    faults: served.faults,
    shadow: shadow === undefined ? null : await shadowReport(db, { model, version: shadow, since }),
  }
}
