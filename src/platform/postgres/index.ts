export {
  attachEmbeddedPostgres,
  isEmbeddedRunning,
  startEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
} from './embedded.ts'
export { lockHome, readRuntime, type HomeLock, type Runtime } from './home-lock.ts'
export { isEmbeddedSupported } from './native.ts'
