import { useQuery } from '@tanstack/react-query'
import type { ContractColumn, DatasetVersion } from '../../../api/data-types.ts'
import { contractQuery } from '../../../api/datasets.ts'

/** The columns of the contract that a version was held against; undefined until they are known. */
export function useContractColumns(version: DatasetVersion): ContractColumn[] | undefined {
  const { data } = useQuery(contractQuery(version.name, version.contractVersion))
  return data?.contract.columns
}
