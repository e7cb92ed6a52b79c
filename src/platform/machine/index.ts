export { readDatabaseBytes, watchMachine, type MachineMonitor, type MachineFigures } from './machine.ts'
