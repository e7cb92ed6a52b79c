import { instantiateKernels } from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'

/** Waits, where the threads of boosting wait for each other within a tree, for one that never comes. */
export const prepareTask: PrepareTask<{ memory: WebAssembly.Memory; begun: Int32Array }, undefined> = ({
  memory,
  begun,
}) => {
  const kernels = instantiateKernels(memory)
  return () => {
    Atomics.store(begun, 0, 1)
    kernels.arrive(0, 2)
    return { result: undefined }
  }
}
