export {
  approvalPolicyFor,
  castVote,
  getApproval,
  listApprovals,
  mayApproveFirst,
  requestApproval,
  type ApprovalPolicy,
} from './approvals.ts'
export { archive, findPreviousChampion, promote, rollback } from './champion.ts'
export { DEPLOYMENTS_CHANNEL, getDeployment, listDeployments, setDeployment, type Deployment } from './deployment.ts'
export { listGates, recordGates, versionSubject } from './gate-records.ts'
export { championRoutes, registryRoutes } from './routes.ts'
export {
  ApprovalSchema,
  GateResultSchema,
  ModelVersionSchema,
  type Approval,
  type ModelVersion,
  type Stage,
  type StageChange,
  type Variant,
} from './schemas.ts'
export { championAt, findChampion, getVersion, listModelNames, listVersions, moveStage, registerVersion, stageHistory } from './versions.ts'
