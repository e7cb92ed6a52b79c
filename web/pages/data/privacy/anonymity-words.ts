import type { AnonymityReport, AnonymityRequest } from '../../../api/data-types.ts'
import { formatCount, formatCountOf, formatShare } from '../../../components/format.ts'

export type AnonymityWords = {
  /** no row is in a class smaller than wanted, and no class gives its sensitive value away */
  isGood: boolean
  verdict: string
  details: string[]
}

/** What the counts mean for the people in the data. A report without rows is no reason for words. */
export function anonymityWords(report: AnonymityReport, { k: wanted, sensitive }: AnonymityRequest): AnonymityWords {
  const { nRows, nClasses, k, nClassesBelow, nRowsBelow, l } = report
  const givesAway = l === 1
  const details = [
    ...(nRowsBelow === 0
      ? []
      : [
          `Of ${formatCount(nClasses)} classes of equal rows, ${formatCount(nClassesBelow)} ${nClassesBelow === 1 ? 'is' : 'are'} smaller than ${formatCount(wanted)}; the smallest has ${formatCountOf(k, 'row')}${k === 1 ? ', so somebody who knows these columns of a person finds that person’s row' : ''}.`,
        ]),
    ...(sensitive === undefined || l === null ? [] : [diversityWords(sensitive, l)]),
    ...remedyWords(report, wanted),
  ]
  const verdict =
    nRowsBelow > 0
      ? `${formatCount(nRowsBelow)} of ${formatCountOf(nRows, 'row')} (${formatShare(nRowsBelow / nRows)}) look like fewer than ${formatCount(wanted - 1)} others.`
      : `Each row looks like at least ${formatCountOf(k - 1, 'other')}: the data is ${formatCount(k)}-anonymous over these columns${givesAway ? ', but not diverse' : ''}.`
  return { isGood: nRowsBelow === 0 && !givesAway, verdict, details }
}

const diversityWords = (sensitive: string, l: number) =>
  l === 1
    ? `In at least one class all rows have the same ${sensitive}: to know that a person is in it is to know the value.`
    : `Each class has at least ${formatCount(l)} different values of ${sensitive}.`

const LEAVE_OUT = 'leave it out'

/** The best change that keeps the column, else the best one. */
function remedyWords({ remedies, nRowsBelow }: AnonymityReport, wanted: number): string[] {
  if (nRowsBelow === 0) return []
  const best = remedies.find(({ change }) => change !== LEAVE_OUT) ?? remedies[0]
  if (best === undefined)
    return ['No change to one column alone would help; look at fewer columns, or coarsen several.']
  return [
    `It would help most to change ${best.column} (${best.change}): ${formatCountOf(best.nRowsBelow, 'row')} would be left in classes smaller than ${formatCount(wanted)}.`,
  ]
}
