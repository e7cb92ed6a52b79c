import { Checkbox, MultiSelect, NativeSelect, NumberInput } from '@mantine/core'
import type { ContractColumn } from '../../api/data-types.ts'
import classes from './train.module.css'
import type { TrainingForm } from './training-request.ts'

type Props = { columns: ContractColumn[]; form: TrainingForm; change: (part: Partial<TrainingForm>) => void }

/** Split, folds, protected columns, and what wrong decisions cost. */
export function EvaluationFields({ columns, form, change }: Props) {
  const names = columns.map(({ name }) => name).filter((name) => name !== form.target)
  return (
    <div className={classes.judged}>
      <div className={classes.fields}>
        <NativeSelect
          label="Split"
          description="How rows are kept for testing."
          data={[
            { value: 'random', label: 'At random' },
            { value: 'time', label: 'By time: tested on what came later' },
          ]}
          value={form.split}
          onChange={(event) => change({ split: event.currentTarget.value as TrainingForm['split'] })}
        />
        <ColumnSelect
          label="Time column"
          description="When a row arose."
          names={names}
          value={form.time}
          onChange={(time) => change({ time })}
        />
        <ColumnSelect
          label="Group column"
          description="Rows of one group stay together: a policy, a provider."
          names={names}
          value={form.group}
          onChange={(group) => change({ group })}
        />
        <NumberInput
          label="Folds"
          description="Parts that each is tested on once."
          value={form.nFolds}
          onChange={(value) => change({ nFolds: Number(value) || 5 })}
          min={2}
          max={20}
          allowDecimal={false}
          clampBehavior="blur"
        />
        <NumberInput
          label="Hold-out (%)"
          description="Share of the rows that no training sees."
          value={Math.round(form.testShare * 100)}
          onChange={(value) => change({ testShare: (Number(value) || 20) / 100 })}
          min={5}
          max={80}
          allowDecimal={false}
          clampBehavior="blur"
        />
        <NativeSelect
          label="The best is chosen by"
          description="Its mean over the folds."
          data={[
            { value: 'rocAuc', label: 'AUC' },
            { value: 'prAuc', label: 'PR-AUC, for rare positives' },
            { value: 'logLoss', label: 'Log-loss, for good probabilities' },
          ]}
          value={form.selectBy}
          onChange={(event) => change({ selectBy: event.currentTarget.value as TrainingForm['selectBy'] })}
        />
        <NativeSelect
          label="Calibration"
          description="Makes scores probabilities."
          data={[
            { value: 'none', label: 'None' },
            { value: 'platt', label: 'Platt: keeps the order of scores' },
            { value: 'isotonic', label: 'Isotonic: needs thousands of rows' },
          ]}
          value={form.calibration}
          onChange={(event) => change({ calibration: event.currentTarget.value as TrainingForm['calibration'] })}
        />
        <NumberInput
          label="Seed"
          description="The same gives the same model."
          value={form.seed}
          onChange={(value) => change({ seed: Number(value) || 0 })}
          min={0}
          allowDecimal={false}
          clampBehavior="blur"
        />
      </div>
      <div className={classes.wide}>
        <MultiSelect
          label="Protected columns"
          description="Groups that the model must not treat worse: the fairness gates look at them."
          data={names}
          value={form.protectedColumns}
          onChange={(protectedColumns) => change({ protectedColumns })}
          searchable
          size="xs"
          placeholder={form.protectedColumns.length === 0 ? 'none' : undefined}
        />
        <MultiSelect
          label="Columns to leave out"
          description="What is not known yet at the decision, or must not count."
          data={names}
          value={form.drop}
          onChange={(drop) => change({ drop })}
          searchable
          size="xs"
          placeholder={form.drop.length === 0 ? 'none' : undefined}
        />
      </div>
      <Costs form={form} change={change} />
    </div>
  )
}

type SelectProps = {
  label: string
  description: string
  names: string[]
  value: string
  onChange: (value: string) => void
}

const ColumnSelect = ({ label, description, names, value, onChange }: SelectProps) => (
  <NativeSelect
    label={label}
    description={description}
    data={[{ value: '', label: 'None' }, ...names.map((name) => ({ value: name, label: name }))]}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

const usualCosts = { falsePositive: 1, falseNegative: 10 }

function Costs({ form: { costs }, change }: Pick<Props, 'form' | 'change'>) {
  return (
    <div className={classes.costs}>
      <Checkbox
        label="I know what a wrong decision costs"
        description="Then the threshold is set where the expected cost is lowest, instead of at the best F1."
        checked={costs !== null}
        onChange={(event) => change({ costs: event.currentTarget.checked ? usualCosts : null })}
      />
      {costs !== null && (
        <div className={classes.fields}>
          <NumberInput
            label="Cost of a false alarm"
            description="A referral that finds nothing; any one unit."
            value={costs.falsePositive}
            onChange={(value) => change({ costs: { ...costs, falsePositive: Number(value) || 0 } })}
            min={0}
            clampBehavior="blur"
          />
          <NumberInput
            label="Cost of a miss"
            description="A positive that passes; the same unit."
            value={costs.falseNegative}
            onChange={(value) => change({ costs: { ...costs, falseNegative: Number(value) || 0 } })}
            min={0}
            clampBehavior="blur"
          />
        </div>
      )}
    </div>
  )
}
