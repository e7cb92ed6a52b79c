import { NumberInput } from '@mantine/core'
import type { Costs } from '../../../../src/pictures/index.ts'
import classes from './evaluation.module.css'

type Props = { costs: Costs | undefined; onChange: (costs: Costs | undefined) => void }

const fields: { name: keyof Costs; label: string; description: string }[] = [
  { name: 'falsePositive', label: 'False alarm', description: 'negative, referred' },
  { name: 'falseNegative', label: 'Missed', description: 'positive, approved' },
  { name: 'truePositive', label: 'Found', description: 'positive, referred' },
  { name: 'trueNegative', label: 'Cleared', description: 'negative, approved' },
]

/** What each outcome of a decision costs, in one unit; a gain is negative. Without any, costs are not shown. */
export function CostFields({ costs, onChange }: Props) {
  const set = (name: keyof Costs, value: string | number) => {
    const next = { falsePositive: 0, falseNegative: 0, ...costs, [name]: value === '' ? 0 : Number(value) }
    onChange(Object.values(next).every((cost) => cost === 0) ? undefined : next)
  }
  return (
    <fieldset className={classes.costs}>
      <legend>Cost of a decision (any one unit; a gain is negative)</legend>
      {fields.map(({ name, label, description }) => (
        <NumberInput
          key={name}
          label={label}
          description={description}
          value={costs?.[name] ?? 0}
          onChange={(value) => set(name, value)}
          decimalScale={2}
          w={112}
        />
      ))}
    </fieldset>
  )
}
