export { countInto, nSlots, numberSlot, quantileSorted, referenceBins, slotLabels, type Bins } from './bins.ts'
export { chiSquareSurvival, chiSquareTwoSample } from './chi-square.ts'
export {
  benjaminiHochberg,
  buildDriftFeatures,
  driftScore,
  driftStatus,
  psi,
  psiStatus,
  type DriftInput,
  type DriftStatus,
  type FeatureDrift,
  type PsiStatus,
} from './drift.ts'
export { fairnessReport, type FairnessReport, type GroupRates } from './fairness.ts'
export type { Interval } from './interval.ts'
export { aucInterval, bootstrapInterval, pairedBootstrap, proportionInterval } from './intervals.ts'
export { ksFromCounts, ksTwoSample } from './kolmogorov-smirnov.ts'
export { normalCdf, normalQuantile } from './normal.ts'
