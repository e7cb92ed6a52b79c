import { cssToken } from '../app/theme.ts'

type Props = { values: number[]; width?: number; height?: number; label: string }

/** Heights of bars between 0 and the height, the largest value at full height; a value above zero is always to be seen. */
export function barHeights(values: number[], height: number): number[] {
  const largest = Math.max(...values, 0)
  return values.map((value) => (value <= 0 || largest === 0 ? 0 : Math.max((value / largest) * height, 1)))
}

/** Bars without axes, for the shape of a distribution in a row of a table. */
export function MiniHistogram({ values, width = 96, height = 24, label }: Props) {
  if (values.length === 0) return null
  const step = width / values.length
  const gap = step > 3 ? 1 : 0
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ flex: 'none', display: 'block' }}>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke={cssToken('border')} />
      {barHeights(values, height).map((bar, i) => (
        <rect
          key={i}
          x={i * step}
          width={Math.max(step - gap, 0.5)}
          y={height - bar}
          height={bar}
          fill={cssToken('chartReference')}
        />
      ))}
    </svg>
  )
}
