import { stringify } from 'yaml'
import { AssayError } from '../../errors/index.ts'
import { readContract } from './contract-faults.ts'
import type { Contract } from './contract.ts'

/** Reads a contract file. @throws CONTRACT_INVALID naming for each fault the line, the key, what is given and what is wanted */
export function parseContract(yaml: string): Contract {
  const read = readContract(yaml)
  if ('contract' in read) return read.contract
  const faults = read.faults.map(({ line, key, message }) =>
    [line === null ? '' : `line ${line}`, key]
      .filter((part) => part !== '')
      .join(', ')
      .concat(`: ${message}`),
  )
  throw new AssayError('CONTRACT_INVALID', { faults: faults.join('; ') })
}

export const formatContract = (contract: Contract): string => stringify(contract, { lineWidth: 0 })
