import { createTestDatabase } from '../../test/database.ts'
import { withTransaction, type Db, type Tx } from '../platform/index.ts'
import {
  castVote,
  promote,
  registerVersion,
  requestApproval,
  transition,
  type Approval,
  type ApprovalRequest,
  type GateResult,
  type ModelVersion,
  type NewVersion,
  type Signature,
} from './index.ts'

export const signature: Signature = {
  columns: [
    { name: 'amount', kind: 'number', required: true, min: 0, max: 900, unit: 'USD' },
    { name: 'plan', kind: 'category', required: false, levels: ['gold', 'silver'] },
  ],
  target: 'outcome',
  positive: 'denied',
}

export const gate = (over: Partial<GateResult> = {}): GateResult => ({
  gate: 'auc',
  title: 'AUC',
  metric: 'rocAuc',
  value: 0.9,
  op: '>=',
  threshold: 0.85,
  severity: 'block',
  verdict: 'passed',
  reason: 'AUC is 0.9, at least 0.85.',
  advice: 'Nothing to do.',
  ...over,
})

/** A model file of its own for each number. */
export const artifact = (n: number) => String(n).padStart(64, '0')

let nFiles = 0
/** A version to register; its model file is a new one unless given. */
export const newVersion = (over: Partial<NewVersion> = {}): NewVersion => ({
  model: 'claims',
  artifact: artifact(++nFiles),
  sizeBytes: 1_000,
  algorithm: 'random_forest',
  signature,
  metrics: { rocAuc: { estimate: 0.9, lower: 0.88, upper: 0.92, level: 0.95 } },
  threshold: 0.5,
  datasetVersion: 'd'.repeat(64),
  runId: null,
  pipelineRunId: null,
  createdBy: 'ada',
  cv: {},
  importance: [],
  fairness: [],
  ...over,
})

/** A database for one test file, and the way of a version through the registry in few words. */
export async function createRegistryFixture() {
  const database = await createTestDatabase()
  const { db } = database
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => withTransaction(db, work)
  const register = (over: Partial<NewVersion> = {}) => inTx((tx) => registerVersion(tx, newVersion(over)))
  const ask = ({ model, version }: Pick<ModelVersion, 'model' | 'version'>, over: Partial<ApprovalRequest> = {}) =>
    inTx((tx) =>
      requestApproval(tx, {
        model,
        version,
        pipelineRunId: null,
        requestedBy: 'ada',
        policy: 'four-eyes',
        required: 1,
        expiresAt: new Date(Date.now() + 3_600_000),
        gates: [gate()],
        ...over,
      }),
    )
  const vote = (approval: Approval, actor = 'rita', decision: 'approve' | 'reject' = 'approve') =>
    inTx((tx) => castVote(tx, { approvalId: approval.id, actor, decision, reason: 'looked at it' }))
  const stage = ({ model, version }: ModelVersion) =>
    inTx((tx) => transition(tx, { model, version, to: 'staging', actor: 'ada', reason: 'to staging' }))
  /** A version in staging with an approval that is given. */
  async function approved(over: Partial<NewVersion> = {}) {
    const version = await register(over)
    await stage(version)
    return { ...version, approvalId: (await vote(await ask(version))).id }
  }
  const golive = (candidate: { model: string; version: string; approvalId: string }) =>
    inTx((tx) => promote(tx, { ...candidate, actor: 'ada', reason: 'better' }))
  return { db, inTx, register, ask, vote, stage, approved, golive, close: database.close }
}
export type RegistryFixture = Awaited<ReturnType<typeof createRegistryFixture>>

/** Events of these types on an object, as they were written: nothing chains them here. */
export async function eventsOn(db: Db, object: string): Promise<{ type: string; actor: string; data: object }[]> {
  const { rows } = await db.$client.query('select type, actor, data from events_inbox where object = $1 order by id', [
    object,
  ])
  return rows
}
