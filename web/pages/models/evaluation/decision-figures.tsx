import { costPerRow, ratesOf, type Costs, type Decision } from '../../../../src/pictures/index.ts'
import { Figure, Figures } from '../../../components/facts.tsx'
import { formatCount, formatNumber, formatShare } from '../../../components/format.ts'

type Props = {
  decision: Decision
  /** at the threshold in use, to compare with */
  current: Decision
  costs: Costs | undefined
}

/** What a threshold decides, each figure beside that of the threshold in use. */
export function DecisionFigures({ decision, current, costs }: Props) {
  const [here, there] = [ratesOf(decision), ratesOf(current)]
  const isSame = decision.threshold === current.threshold
  const note = (value: string) => (isSame ? 'as in use' : `${value} in use`)
  return (
    <Figures>
      <Figure name="Precision" value={formatShare(here.precision)} note={note(formatShare(there.precision))} />
      <Figure name="Recall" value={formatShare(here.recall)} note={note(formatShare(there.recall))} />
      <Figure name="Refer rate" value={formatShare(here.positiveRate)} note={note(formatShare(there.positiveRate))} />
      <Figure
        name="Missed"
        value={formatCount(decision.falseNegatives)}
        unit="positives"
        note={note(formatCount(current.falseNegatives))}
      />
      <Figure
        name="False alarms"
        value={formatCount(decision.falsePositives)}
        unit="rows"
        note={note(formatCount(current.falsePositives))}
      />
      {costs !== undefined && (
        <Figure
          name="Expected cost"
          value={formatNumber(costPerRow(decision, costs))}
          unit="a row"
          note={note(formatNumber(costPerRow(current, costs)))}
        />
      )}
    </Figures>
  )
}
