export { readAvailableMemoryBytes } from './available-memory.ts'
export { readDatabaseBytes, watchMachine, type MachineMonitor, type MachineFigures } from './machine.ts'
