import { Checkbox, NumberInput } from '@mantine/core'
import type { ContractColumn } from '../../api/data-types.ts'
import { algorithmChoices, type AlgorithmChoice } from './algorithm-settings.ts'
import { numericFeatures } from './monotone.ts'
import { MonotoneFields } from './monotone-fields.tsx'
import classes from './train.module.css'
import type { TrainingForm } from './training-request.ts'

type Props = { columns: ContractColumn[]; form: TrainingForm; change: (part: Partial<TrainingForm>) => void }

/** Which algorithms are tried, and their settings folded away. */
export const AlgorithmFields = ({ columns, form, change }: Props) => (
  <div className={classes.algorithms}>
    {algorithmChoices.map((choice) => (
      <div key={choice.name} className={classes.algorithm} data-testid={`algorithm-${choice.name}`}>
        <Checkbox
          label={<b>{choice.title}</b>}
          description={choice.description}
          checked={form.algorithms.includes(choice.name)}
          onChange={(event) =>
            change({ algorithms: withChoice(form.algorithms, choice.name, event.currentTarget.checked) })
          }
        />
        {form.algorithms.includes(choice.name) && (
          <Settings choice={choice} columns={columns} form={form} change={change} />
        )}
      </div>
    ))}
  </div>
)

/** In the order of the choices, whatever the order of ticking. */
const withChoice = (chosen: string[], name: string, isChosen: boolean) =>
  algorithmChoices.map((choice) => choice.name).filter((each) => (each === name ? isChosen : chosen.includes(each)))

function Settings({ choice, columns, form, change }: Props & { choice: AlgorithmChoice }) {
  const given = form.options[choice.name] ?? {}
  const set = (key: string, value: number) =>
    change({ options: { ...form.options, [choice.name]: { ...given, [key]: value } } })
  return (
    <details className={classes.details}>
      <summary>Settings</summary>
      <div className={classes.fields}>
        {choice.settings.map((setting) => (
          <NumberInput
            key={setting.key}
            label={setting.label}
            description={`${setting.description} (default ${setting.default})`}
            value={given[setting.key] ?? setting.default}
            onChange={(value) => set(setting.key, value === '' ? setting.default : Number(value))}
            min={setting.min}
            max={setting.max}
            allowDecimal={setting.isInteger !== true}
            clampBehavior="blur"
          />
        ))}
      </div>
      {choice.takesMonotone === true && (
        <MonotoneFields
          names={numericFeatures(columns, form)}
          monotone={form.monotone}
          onChange={(monotone) => change({ monotone })}
        />
      )}
    </details>
  )
}
