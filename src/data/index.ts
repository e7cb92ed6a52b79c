export { measureAnonymity, type AnonymityReport, type AnonymityRequest } from './anonymity/measure-anonymity.ts'
export { cellText, takeDataRows, type DataColumn, type DataColumns } from './columns.ts'
export type { Contract, ContractColumn, ContractRule } from './contract/contract.ts'
export { formatContract, parseContract } from './contract/contract-yaml.ts'
export { withRoles, type Roles } from './contract/with-roles.ts'
export { readContract, type ContractFault } from './contract/contract-faults.ts'
export { readDataset, writeDataset } from './duckdb/parquet.ts'
export type { Landed, LandedColumn, LandedType, SourceFacts } from './landed.ts'
export {
  findSuccessors,
  listErasedArtifacts,
  listStoredVersions,
  recordErasedVersion,
  replaceEvidence,
  type StoredVersion,
} from './erasure/stored-versions.ts'
export { copyLinesWithoutSubject, countSubjectLines } from './erasure/subject-lines.ts'
export { copyWithoutSubject, countSubjectRows, type SubjectMarks } from './erasure/subject-rows.ts'
export { holdOutMask, toLearningSet, type LearningSet } from './learning-set.ts'
export { qualityOf, type Quality } from './quality.ts'
export { dataRoutes, type DataRouteDeps } from './routes.ts'
export { SAMPLE_ROWS as PERSONAL_DATA_ROWS, scanPersonalData } from './scan-personal-data.ts'
export type { Corrections, DatasetDiff, DatasetVersion } from './schemas.ts'
export { landSource, type LandOptions } from './sources/land-source.ts'
export { sourceOfFile } from './sources/source-of-file.ts'
export { openSource, type Source, type SourceBatch, type SourceValue } from './sources/open-source.ts'
export { SourceSpec } from './sources/spec.ts'
export { testSource, type SourceTest } from './sources/test-source.ts'
export { uploadRoutes } from './uploads/routes.ts'
export { Upload } from './uploads/schemas.ts'
export { UploadStore, type UploadOptions } from './uploads/upload-store.ts'
export {
  getDatasetEvidence,
  getDatasetVersion,
  listDatasetVersions,
  recordDatasetVersion,
  type DatasetEvidence,
  type NewDatasetVersion,
} from './store.ts'
export {
  findContract,
  getContract,
  recordContract,
  saveContract,
  type ContractVersion,
} from './contract/contract-store.ts'
export { ruleFaults, type RuleFault } from './contract/rule-sql.ts'
export { makeSplit, type Split, type SplitInput } from './splits/make-split.ts'
export type { SplitMethod } from './splits/split-method.ts'
export { listSplits, recordSplit, type StoredSplit } from './splits/split-store.ts'
export type { DatasetWarning } from './warnings.ts'
export { validateLanded, type LandedValidation, type ValidateOptions } from './validation/validate-landed.ts'
export {
  violationCodes,
  type QuarantinedRow,
  type QuarantineReason,
  type ValidationCounts,
  type Violation,
  type ViolationCode,
} from './validation/violation.ts'
export { inferLanded, type Inferred, type LandedHints } from './inference/infer-landed.ts'
export { landColumns } from './land-columns.ts'
export type { ColumnProfile, DatasetProfile } from './profile/profile.ts'
export { profileDataset, type ProfileOptions } from './profile/profile-dataset.ts'
export { warnAboutProfile } from './profile/profile-warnings.ts'
export { hashDataset, type DatasetDigests } from './versions/content-hash.ts'
export { applyCorrections } from './quarantine/apply-corrections.ts'
export { diffDatasets } from './versions/diff-datasets.ts'
