import { Button, NumberInput, Slider } from '@mantine/core'
import { formatScore } from '../../../components/format.ts'
import classes from './evaluation.module.css'

type Props = {
  value: number
  inUse: number
  /** the threshold that costs least, where costs are given */
  cheapest: number | undefined
  onChange: (value: number) => void
}

/** Scores from the threshold on are referred: a slider, a field for the exact value, ways back to the ones that matter. */
export function ThresholdSlider({ value, inUse, cheapest, onChange }: Props) {
  const marks = [{ value: inUse, label: 'in use' }]
  return (
    <div className={classes.slider}>
      <div className={classes.sliderHead}>
        <NumberInput
          label="Threshold"
          value={Number(value.toFixed(3))}
          onChange={(next) => onChange(clamp(Number(next)))}
          min={0}
          max={1}
          step={0.01}
          decimalScale={3}
          hideControls={false}
          w={92}
        />
        <Button onClick={() => onChange(inUse)} disabled={value === inUse}>
          In use: {formatScore(inUse)}
        </Button>
        {cheapest !== undefined && (
          <Button onClick={() => onChange(cheapest)} disabled={value === cheapest}>
            Least cost: {formatScore(cheapest)}
          </Button>
        )}
      </div>
      <Slider
        value={value}
        onChange={onChange}
        min={0}
        max={1}
        step={0.01}
        marks={marks}
        label={(at) => at.toFixed(2)}
        thumbLabel="Threshold: scores from here on are referred"
        color="var(--a-ink)"
        size="sm"
        mb={20}
      />
    </div>
  )
}

const clamp = (value: number) => (Number.isFinite(value) ? Math.min(Math.max(value, 0), 1) : 0)
