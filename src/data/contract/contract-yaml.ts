import { Value } from 'typebox/value'
import { parse, stringify } from 'yaml'
import { AssayError } from '../../errors/index.ts'
import { Contract } from './contract.ts'

/** Reads a contract file. @throws CONTRACT_INVALID naming each key at fault */
export function parseContract(yaml: string): Contract {
  let document: unknown
  try {
    document = Value.Default(Contract, parse(yaml))
  } catch (error) {
    throw new AssayError('CONTRACT_INVALID', { faults: (error as Error).message })
  }
  const faults = Value.Errors(Contract, document).map((error) => `${error.instancePath || '/'} ${error.message}`)
  if (faults.length > 0) throw new AssayError('CONTRACT_INVALID', { faults: [...new Set(faults)].join('; ') })
  const contract = document as Contract
  const names = contract.columns.map((column) => column.name)
  const known = new Set(names)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new AssayError('CONTRACT_INVALID', { faults: `column ${twice} is listed twice` })
  if (contract.columns.filter((column) => column.role === 'target').length !== 1)
    throw new AssayError('CONTRACT_INVALID', { faults: 'wanted exactly one column with the role target' })
  for (const { name, pattern } of contract.columns)
    if (pattern !== undefined && !isPattern(pattern))
      throw new AssayError('CONTRACT_INVALID', { faults: `the pattern of column ${name} is no regular expression` })
  for (const { name, left, right } of contract.rules)
    for (const column of [left, right])
      if (typeof column === 'string' && !known.has(column))
        throw new AssayError('CONTRACT_INVALID', {
          faults: `rule ${name} names column ${column}, which is not in the contract`,
        })
  return contract
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}

export const formatContract = (contract: Contract): string => stringify(contract)
