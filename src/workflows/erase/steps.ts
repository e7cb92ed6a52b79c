import { AssayError } from '../../errors/index.ts'
import { findSuccessors, listStoredVersions } from '../../data/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { verifyChain, type Db } from '../../platform/index.ts'
import {
  finishErasure,
  forgetSubject,
  subjectOfErasure,
  subjectOwner,
  type Erased,
  type Finding,
  type HolderContext,
} from '../../privacy/index.ts'
import { listVersionsTrainedOn } from '../../registry/index.ts'
import type { EraseDeps } from './deps.ts'

/** A run of the pipeline `erase` carries the erasure's id and nothing else: whom it is about is sealed in the erasure. */
export type EraseConfiguration = { erasureId: string }

type Step = (context: StepContext) => Promise<StepOutcome>
const idOf = (context: StepContext) => (context.run.configuration as EraseConfiguration).erasureId
const holding = ({ run, signal, log, progress }: StepContext): HolderContext => ({
  actor: run.actor,
  signal,
  log,
  progress,
})

/** Asks every room what it holds of the subject. */
export const findSubject =
  (deps: EraseDeps): Step =>
  async (context) => {
    const findings = await search(deps, context)
    for (const { room, kind, id, count } of findings) context.log('info', `${room}: ${count} in ${kind} ${id}`)
    if (findings.length === 0) context.log('info', 'No room holds anything of the subject.')
    return { kind: 'done', outputs: { findings } }
  }

/** Has every room erase what it holds. */
export const eraseRooms =
  (deps: EraseDeps): Step =>
  async (context) => {
    const subject = await subjectOfErasure(deps.db, deps.keys, idOf(context))
    const erased: Erased[] = []
    for (const holder of deps.holders) erased.push(...(await holder.erase(subject, holding(context))))
    return { kind: 'done', outputs: { erased } }
  }

/** Destroys the keys that what is stored of the subject was sealed with: in the log, in its backups and in the WAL it is noise now. */
export const destroyKeys =
  ({ db, keys }: EraseDeps): Step =>
  async (context) => {
    const { value } = await subjectOfErasure(db, keys, idOf(context))
    const nKeysDestroyed = await keys.data.destroy([subjectOwner(value)])
    context.log('info', `${nKeysDestroyed} keys destroyed.`)
    return { kind: 'done', outputs: { nKeysDestroyed } }
  }

/** Looks again: nothing may be left, and the chain of events has to be whole. @throws ERASURE_INCOMPLETE */
export const verifyErasure =
  (deps: EraseDeps): Step =>
  async (context) => {
    const { db, keys } = deps
    const left = (await search(deps, context)).map(({ room, kind, id }) => `${kind} ${id} (${room})`)
    const { value } = await subjectOfErasure(db, keys, idOf(context))
    if ((await keys.data.count([subjectOwner(value)])) > 0) left.push('a key of the subject')
    if (left.length > 0) throw new AssayError('ERASURE_INCOMPLETE', { left: left.join(', ') })
    await db.$client.query('vacuum predictions')
    await db.$client
      .query('checkpoint')
      .catch(() => context.log('warn', 'The database does not let this role checkpoint; it will by itself.'))
    const chain = await verifyChain(db)
    if (!chain.intact) context.log('warn', `The chain of events is broken: ${chain.fault!.message}`)
    return { kind: 'done', outputs: { verifiedAt: new Date().toISOString(), chainIntact: chain.intact } }
  }

/** Writes the report, and forgets whom it was about. */
export const reportErasure =
  ({ db, keys }: EraseDeps): Step =>
  async (context) => {
    const erasureId = idOf(context)
    const { findings } = context.inputs.find as { findings: Finding[] }
    const { erased } = context.inputs.erase_rooms as { erased: Erased[] }
    const { nKeysDestroyed } = context.inputs.destroy_keys as { nKeysDestroyed: number }
    const { verifiedAt } = context.inputs.verify as { verifiedAt: string }
    const used = findings.filter(({ kind }) => kind === 'dataset version').map(({ id }) => id)
    const models = await listVersionsTrainedOn(db, used)
    const stored = await listStoredVersions(db)
    const { rows } = await db.$client.query<{ id: string; source: string }>(
      'select id, source from dataset_versions where id = any($1)',
      [used],
    )
    const report = {
      erased: [...erased, ...(await erasedBefore(db, findings, erased))],
      nKeysDestroyed,
      models: models.map(({ model, version, stage, datasetVersion }) => ({ model, version, stage, datasetVersion })),
      sources: rows.map(({ id, source }) => ({ datasetVersion: id, source })),
      unsearched: stored.filter(({ subjectColumns }) => subjectColumns.length === 0).map(({ id }) => id),
      verifiedAt,
    }
    for (const { model, version } of report.models)
      context.log('warn', `${model}@${version} learned from rows of the subject.`)
    // Before the record says finished: a body that is called again needs no subject and records the same report.
    await forgetSubject(keys, erasureId)
    return { kind: 'done', outputs: { report }, commit: (tx) => finishErasure(tx, erasureId, report) }
  }

/** What an attempt that was cut off had erased: it was found, it is gone, and the attempt that came through did not see it any more. */
async function erasedBefore(db: Db, findings: Finding[], erased: Erased[]): Promise<Erased[]> {
  const told = new Set(erased.map(({ kind, id }) => `${kind} ${id}`))
  const gone = findings.filter(({ kind, id }) => !told.has(`${kind} ${id}`))
  const successors = await findSuccessors(
    db,
    gone.map(({ id }) => id),
  )
  return gone.map((finding) => {
    const replacedBy = successors.get(finding.id)
    return replacedBy ? { ...finding, outcome: 'replaced', replacedBy } : { ...finding, outcome: 'removed' }
  })
}

async function search({ db, keys, holders }: EraseDeps, context: StepContext): Promise<Finding[]> {
  const subject = await subjectOfErasure(db, keys, idOf(context))
  const findings: Finding[] = []
  for (const holder of holders) findings.push(...(await holder.find(subject, holding(context))))
  return findings
}
