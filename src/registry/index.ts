export { type Ballot } from './approval-rules.ts'
export { expireApprovals, getApproval, listApprovals } from './approvals.ts'
export {
  DEPLOYMENTS_CHANNEL,
  findDeployment,
  getDeployment,
  listDeployments,
  setDeployment,
  type Deployment,
} from './deployments.ts'
export {
  findExplanation,
  forgetExplanation,
  listExplanationArtifacts,
  recordExplanation,
  type VersionExplanation,
} from './explanations.ts'
export { listGates, recordGates, versionSubject } from './gate-records.ts'
export { archive, findPreviousChampion, promote, rollback, transition } from './promotion.ts'
export { requestApproval, type ApprovalRequest } from './request-approval.ts'
export { championRoutes, registryRoutes } from './routes.ts'
export {
  Approval,
  GateResult,
  ModelVersion,
  type ApprovalPolicy,
  type Interval,
  type ModelDetail,
  type Signature,
  type Stage,
  type StageChange,
  type Tenure,
  type Variant,
  type VersionDetail,
} from './schemas.ts'
export { championAt, stageHistory } from './stage-changes.ts'
export {
  findChampion,
  getVersion,
  listVersions,
  listVersionsTrainedOn,
  registerVersion,
  type NewVersion,
} from './versions.ts'
export { compareVersions, getChampion, getModel, getVersionDetail, listModels } from './views.ts'
export { castVote, mayApproveFirst } from './votes.ts'
export { listWaivers, recordWaiver } from './waivers.ts'
