import path from 'node:path'
import { openDataKeys, type DataKeys } from './data-keys.ts'
import { openHomeKey } from './home-key.ts'
import { openPseudonymKeys, type PseudonymKeys } from './pseudonym-keys.ts'

/** All keys of a home: those of pseudonyms and those that what is stored of a person is sealed with. */
export type Keys = { pseudonyms: PseudonymKeys; data: DataKeys; close(): Promise<void> }

/**
 * Opens the keys in a directory, which is made if need be. Many processes, and machines that share the directory, may use it at a time.
 * @param options.homeKey the home key from outside, 64 hex digits; else it lies in the directory
 * @throws HOME_KEY_WRONG, HOME_KEY_MISSING, KEY_DAMAGED
 */
export function openKeys({ directory, homeKey }: { directory: string; homeKey?: string }): Keys {
  const home = openHomeKey(directory, homeKey)
  const data = openDataKeys(path.join(directory, 'data'), home)
  const pseudonyms = openPseudonymKeys(path.join(directory, 'pseudonyms'), home)
  return { pseudonyms, data, close: () => data.close() }
}
