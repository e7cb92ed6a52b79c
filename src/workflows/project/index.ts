export { datasetName } from './dataset-name.ts'
export { loadProject, SHIPPED_PROJECT } from './load-project.ts'
export { projectOf } from './project-of.ts'
export type { DatasetSettings, Project, ResolvedProject } from './project.ts'
