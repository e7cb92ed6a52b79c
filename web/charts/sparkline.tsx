import { cssToken } from '../app/theme.ts'

type Props = { values: number[]; width: number; height: number; label: string }

/** Points of a line through values, left to right, zero at the bottom; all zero gives a line along the bottom. */
export function linePoints(values: number[], width: number, height: number): [x: number, y: number][] {
  const largest = Math.max(...values, 0)
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values.map((value, i) => [i * step, height - (largest === 0 ? 0 : (value / largest) * height)])
}

/** A line without axes, for the shape of a recent course. Zero is at the bottom. */
export function Sparkline({ values, width, height, label }: Props) {
  if (values.length < 2) return null
  const points = linePoints(values, width, height - 2).map(([x, y]) => `${x.toFixed(1)},${(y + 1).toFixed(1)}`)
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ flex: 'none', overflow: 'visible' }}>
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} fill={cssToken('runTint')} />
      <polyline points={points.join(' ')} fill="none" stroke={cssToken('chartCurrent')} strokeWidth="1.5" />
    </svg>
  )
}
