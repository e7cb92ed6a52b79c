// Entry of the WebAssembly module: every exported function, one file a concept. Built by `npm run build:kernels`.
// Kernels trust their caller: sizes and ranges were checked by `learn`. Addresses are bytes in the imported memory.
export { binNumber, binNumbers } from './bin'
export { arrive } from './boost/barrier'
export { bundleRows } from './boost/bundle'
export { boostTree } from './boost/grow'
export { binFloats, columnEdges, placeBins } from './edges'
export { evaluateRow, evaluateRows } from './evaluate'
export { growTree } from './grow'
export { sumByMasks, sumRowByMasks } from './leaf-masks'
export { philox } from './philox'
export { shapAgainstBackground } from './shap/interventional'
export { shapInteractions } from './shap/interactions'
export { shapValues } from './shap/values'
