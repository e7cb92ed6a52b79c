/**
 * Memory that programs on this machine may still take, in bytes: what the system can free included, and within the limit of the
 * container, where there is one.
 */
export function readAvailableMemoryBytes(): number {
  return process.availableMemory()
}
