export {
  attachEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
} from './embedded.ts'
export { lockHome, readRuntime, type HomeLock, type Runtime } from './home-lock.ts'
