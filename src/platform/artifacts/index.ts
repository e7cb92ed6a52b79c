export { openArtifacts, type Artifact, type ArtifactStore } from './artifact-store.ts'
export { shred } from './shred.ts'
