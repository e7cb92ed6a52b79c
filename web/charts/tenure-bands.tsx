import { cssToken } from '../app/theme.ts'
import { formatDay } from '../components/format.ts'
import { scaleTo } from './interval-mark.tsx'
import type { Tenure } from './tenures.ts'

type Props = { tenures: Tenure[]; nowMs: number; atMs: number; width: number }

/** Versions in production along time, one band a tenure, with a line at the moment asked for. */
export function TenureBands({ tenures, nowMs, atMs, width }: Props) {
  if (tenures.length === 0 || width === 0) return null
  const fromMs = tenures[0].fromMs
  const x = scaleTo([fromMs, Math.max(nowMs, fromMs + 1)], width)
  return (
    <svg
      width={width}
      height={58}
      role="img"
      aria-label={`${tenures.length} times in production since ${formatDay(fromMs)}`}
    >
      {tenures.map(({ version, fromMs: start, untilMs }) => {
        const [left, right] = [x(start), x(untilMs ?? nowMs)]
        const isPresent = untilMs === null
        return (
          <g key={start}>
            <rect
              x={left}
              y="6"
              width={Math.max(right - left - 2, 1)}
              height="26"
              rx="4"
              fill={cssToken(isPresent ? 'okTint' : 'selected')}
              stroke={cssToken(isPresent ? 'okMark' : 'borderStrong')}
            >
              <title>{`${version}, from ${formatDay(start)} to ${untilMs === null ? 'now' : formatDay(untilMs)}`}</title>
            </rect>
            {right - left > version.length * 7 + 12 && (
              <text x={left + 8} y="23" fontSize="12" fontWeight="600" fill={cssToken(isPresent ? 'okFg' : 'text')}>
                {version}
              </text>
            )}
          </g>
        )
      })}
      <line x1={x(atMs)} x2={x(atMs)} y1="0" y2="38" stroke={cssToken('text')} strokeWidth="1.5" />
      <text x="0" y="54" fontSize="11" fill={cssToken('muted')}>
        {formatDay(fromMs)}
      </text>
      <text x={width} y="54" fontSize="11" textAnchor="end" fill={cssToken('muted')}>
        now
      </text>
    </svg>
  )
}
