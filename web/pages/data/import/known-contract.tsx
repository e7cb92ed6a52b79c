import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { datasetsQuery, latestContractQuery } from '../../../api/datasets.ts'

/** The contract of a dataset that is there already, for data that is to become its next version. */
export function useKnownContract(name: string) {
  const [isUnwanted, setIsUnwanted] = useState(false)
  const list = useQuery(datasetsQuery())
  const isKnown = list.data?.items.some((version) => version.name === name) ?? false
  const { data } = useQuery({ ...latestContractQuery(name), enabled: isKnown })
  const known = isKnown ? data : undefined
  return {
    /** what goes with the request; nothing where there is no contract yet */
    request: known === undefined ? {} : isUnwanted ? { inferContract: true as const } : { contract: known.yaml },
    choice: known !== undefined && (
      <Checkbox
        label={`Hold it against version ${known.version} of the contract of ${name}`}
        description="Otherwise a contract is inferred from this data anew."
        checked={!isUnwanted}
        onChange={(event) => setIsUnwanted(!event.currentTarget.checked)}
      />
    ),
  }
}
