export { canonicalJson } from './canonical-json.ts'
export { closeDatabase, openDatabase, withTransaction, type Connection, type Db, type Tx } from './db/database.ts'
export { openListener, type Listener } from './db/listener.ts'
export { makePartitions, migrateDatabase, partitionedTables } from './db/migrate.ts'
export { ensurePartitions } from './db/partitions.ts'
export { startChainer } from './events/chainer.ts'
export {
  emitEvent,
  lastEventPosition,
  readEvents,
  EVENTS_CHANNEL,
  type ChainedEvent,
  type NewEvent,
} from './events/events.ts'
export { verifyChain, type ChainVerdict } from './events/verify-chain.ts'
export { startEngine, type Engine, type Handler } from './engine/engine.ts'
export { findServerUrl, registerMachine, startHeartbeat, type Machine } from './engine/machines.ts'
export { openArtifacts, shred, type Artifact, type ArtifactStore } from './artifacts/index.ts'
export { CONFIG_FILE, describeConfig, isLoopbackHost, loadConfig, type Config } from './config/index.ts'
export { createLogger, type Logger } from './log/index.ts'
export {
  readAvailableMemoryBytes,
  readDatabaseBytes,
  watchMachine,
  type MachineFigures,
  type MachineMonitor,
} from './machine/index.ts'
export {
  attachEmbeddedPostgres,
  isEmbeddedRunning,
  isEmbeddedSupported,
  lockHome,
  readRuntime,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type HomeLock,
  type Runtime,
} from './postgres/index.ts'
