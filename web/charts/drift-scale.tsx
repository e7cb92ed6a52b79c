import { cssToken, type TokenName } from '../app/theme.ts'

/** Limits of the drift score; at or above each, the state named. */
export const driftLimits = [
  { at: 0.1, word: 'watch', color: 'warnMark' },
  { at: 0.2, word: 'retrain', color: 'badMark' },
  { at: 0.3, word: 'critical', color: 'badMark' },
] as const satisfies { at: number; word: string; color: TokenName }[]

const end = 0.4
/** Below this width the words of the limits would run into each other. */
const narrow = 280

/** Where a score stands between 0 and the end of the scale, as a share; what is beyond stands at the end. */
export const driftPosition = (score: number) => Math.min(Math.max(score, 0), end) / end

const zones: { from: number; to: number; color: TokenName; opacity: number }[] = [
  { from: 0, to: 0.1, color: 'okMark', opacity: 0.35 },
  { from: 0.1, to: 0.2, color: 'warnMark', opacity: 0.45 },
  { from: 0.2, to: 0.3, color: 'badMark', opacity: 0.45 },
  { from: 0.3, to: end, color: 'badMark', opacity: 0.8 },
]

/** The drift score on its scale, with the three limits that things happen at. Zero to 0.4, no unit. */
export function DriftScale({ score, width }: { score: number | null; width: number }) {
  const inner = Math.max(width - 16, 0)
  const x = (value: number) => 8 + driftPosition(value) * inner
  return (
    <svg
      width={width}
      height={46}
      role="img"
      aria-label={score === null ? 'No drift score yet' : `Drift score ${score.toFixed(3)}`}
    >
      {zones.map(({ from, to, color, opacity }) => (
        <rect
          key={from}
          x={x(from) + 1}
          width={Math.max(x(to) - x(from) - 2, 0)}
          y="16"
          height="6"
          rx="3"
          fill={cssToken(color)}
          opacity={opacity}
        />
      ))}
      {driftLimits.map(({ at, word }) => (
        <text key={at} x={x(at)} y="40" textAnchor="middle" fontSize="11" fill={cssToken('muted')}>
          {width < narrow ? at : `${at} ${word}`}
        </text>
      ))}
      {score !== null && (
        <path d={`M${x(score)} 13l-5 -8h10Z`} fill={cssToken('text')} style={{ transition: 'd 300ms' }}>
          <title>{score.toFixed(3)}</title>
        </path>
      )}
    </svg>
  )
}
