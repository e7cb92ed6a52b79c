import type { ContractColumn } from './data-types.ts'

/** A column of text as a contract has it, but for what is given. */
export const column = (name: string, part: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'string',
  nullable: true,
  role: 'feature',
  ...part,
})
