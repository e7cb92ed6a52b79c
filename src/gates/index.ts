export { dataQualityGates } from './data-gates.ts'
export { fairnessGates, type FairnessFigures } from './fairness-gates.ts'
export {
  covers,
  evaluateGate,
  notConfigured,
  summariseGates,
  waive,
  type GateDefinition,
  type GateOp,
  type GateResult,
  type GateSeverity,
  type GateSummary,
  type GateVerdict,
  type Measured,
} from './gate.ts'
export { leakageGates } from './leakage-gates.ts'
export {
  challengerGate,
  explanationGate,
  performanceGates,
  stabilityGate,
  type Challenge,
} from './performance-gates.ts'
export { rollbackGate, servingGates, shadowGates } from './serving-gates.ts'
