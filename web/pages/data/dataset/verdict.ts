import type { ContractColumn, DatasetVersion, DatasetWarning } from '../../../api/data-types.ts'
import { formatCount, formatCountOf, formatShare } from '../../../components/format.ts'

export type WarningLevel = 'serious' | 'notable'

/** Warnings that make a model wrong, or a person known; the others make it somewhat worse. */
const seriousCodes = new Set([
  'PERSONAL_DATA',
  'TARGET_INVALID',
  'TARGET_RARE',
  'ID_ORDERED',
  'MIXED_TYPES',
  'DATE_ORDER_AMBIGUOUS',
  'NUMBER_FORMAT',
])

export const warningLevel = ({ code }: DatasetWarning): WarningLevel => (seriousCodes.has(code) ? 'serious' : 'notable')

export type DatasetVerdict = {
  isReady: boolean
  /** what it is and how much of it was kept, in a sentence each */
  facts: string[]
  /** whether a model can be trained on it, and what keeps it from that */
  readiness: string
}

type Known = {
  version: Pick<DatasetVersion, 'nRows' | 'nColumns' | 'nQuarantined'>
  warnings: DatasetWarning[]
  /** undefined where the contract is not known */
  columns: Pick<ContractColumn, 'name' | 'role'>[] | undefined
}

const fewestRows = 100

/** What a person wants to know first of a dataset, in words. */
export function datasetVerdict({ version, warnings, columns }: Known): DatasetVerdict {
  const { nRows, nColumns, nQuarantined } = version
  const nRead = nRows + nQuarantined
  const nSerious = warnings.filter((warning) => warningLevel(warning) === 'serious').length
  const target = columns?.find(({ role }) => role === 'target')
  const nFeatures = columns?.filter(({ role }) => role === 'feature').length
  const facts = [
    `${formatCountOf(nRows, 'row')} and ${formatCountOf(nColumns, 'column')}.`,
    nQuarantined === 0
      ? 'Every row keeps to the contract.'
      : `${formatCountOf(nQuarantined, 'row')} (${formatShare(nQuarantined / nRead)}) ${nQuarantined === 1 ? 'breaks' : 'break'} the contract and ${nQuarantined === 1 ? 'is' : 'are'} in quarantine.`,
    warnings.length === 0
      ? 'No warning.'
      : `${formatCountOf(warnings.length, 'warning')}, ${nSerious === 0 ? 'none of them serious' : `${formatCount(nSerious)} of them serious`}.`,
  ]
  const obstacles = [
    ...(nRows < fewestRows ? [`it has fewer than ${fewestRows} rows`] : []),
    ...(nFeatures === 0 ? ['no column has the role feature'] : []),
  ]
  if (obstacles.length > 0)
    return { isReady: false, facts, readiness: `Not ready to train: ${obstacles.join(', and ')}.` }
  return {
    isReady: true,
    facts,
    readiness:
      target === undefined
        ? 'Ready to train, once a target is chosen.'
        : `Ready to train: predicts ${target.name}${nFeatures === undefined ? '' : ` from ${formatCountOf(nFeatures, 'column')}`}.`,
  }
}
