export { Arena, MAX_MEMORY_BYTES } from './arena.ts'
export { instantiateKernels, type Address, type Kernels } from './module.ts'
export {
  boostJobFields,
  boostLosses,
  boostRateFields,
  boostSizes,
  EDGES_SCRATCH_BYTES,
  firstBoostRow,
  forestFields,
  growJobFields,
  MAX_ROWS,
  MISSING_BIN,
  NODE_BYTES,
  nodeFlags,
  readField,
  SHAP_SPLIT_BYTES,
  shapJobFields,
  shapTreeFields,
  STEP_NODE_BYTES,
  WORK_BYTES,
  writeField,
  writeRecord,
} from './records.ts'
