import type { ReactNode } from 'react'

type Props = { size?: number; className?: string }

/** A 16-unit drawing in the colour of the text around it; decorative, the word stands beside it. */
const icon = (drawing: ReactNode, { isFilled = false } = {}) =>
  function Icon({ size = 16, className }: Props) {
    return (
      <svg
        viewBox="0 0 16 16"
        width={size}
        height={size}
        className={className}
        aria-hidden="true"
        focusable="false"
        fill={isFilled ? 'currentColor' : 'none'}
        stroke={isFilled ? 'none' : 'currentColor'}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        style={{ flex: 'none' }}
      >
        {drawing}
      </svg>
    )
  }

const disc = <circle cx="8" cy="8" r="7" />
const onDisc = (d: string) => <path d={d} fill="none" stroke="var(--a-surface)" strokeWidth="1.7" />

export const SucceededIcon = icon(
  <>
    {disc}
    {onDisc('m5 8.2 2.1 2.1L11.2 6')}
  </>,
  { isFilled: true },
)
export const FailedIcon = icon(
  <>
    {disc}
    {onDisc('m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6')}
  </>,
  { isFilled: true },
)
export const WaitingIcon = icon(
  <>
    {disc}
    {onDisc('M6.3 5.5v5m3.4-5v5')}
  </>,
  { isFilled: true },
)
export const CachedIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="m5.3 8.2 1.9 1.9L10.9 6.4" />
  </>,
)
export const SkippedIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="m4 12 8-8" />
  </>,
)
export const CancelledIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M5.2 8h5.6" />
  </>,
)
export const PendingIcon = icon(<circle cx="8" cy="8" r="6.2" strokeDasharray="2 2.4" />)
export const QueuedIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M8 4.8V8l2.1 1.4" />
  </>,
)
export const RunningIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" opacity=".28" />
    <path d="M8 1.8A6.2 6.2 0 0 1 14.2 8" strokeWidth="2" />
  </>,
)
export const WarnedIcon = icon(
  <>
    <path d="M8 1.2 15.4 14a.8.8 0 0 1-.7 1.2H1.3A.8.8 0 0 1 .6 14Z" />
    {onDisc('M8 6v4')}
    <circle cx="8" cy="12.4" r=".95" fill="var(--a-surface)" />
  </>,
  { isFilled: true },
)
export const BlockedIcon = icon(
  <>
    <path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5Z" />
    {onDisc('M4.6 8h6.8')}
  </>,
  { isFilled: true },
)
export const UnknownIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M6.3 6.4A1.8 1.8 0 1 1 8.6 8.2c-.4.2-.6.5-.6.9m0 2.2v.1" />
  </>,
)
export const WaivedIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M4.8 8.6c1-1.6 2.1-1.6 3.2-.6s2.2 1 3.2-.6" />
  </>,
)

export const OverviewIcon = icon(
  <>
    <rect x="2" y="2" width="5" height="5.5" rx="1" />
    <rect x="9" y="2" width="5" height="3" rx="1" />
    <rect x="9" y="8" width="5" height="6" rx="1" />
    <rect x="2" y="10.5" width="5" height="3.5" rx="1" />
  </>,
)
export const PipelineIcon = icon(
  <>
    <circle cx="3.5" cy="4" r="1.8" />
    <circle cx="12.5" cy="4" r="1.8" />
    <circle cx="12.5" cy="12" r="1.8" />
    <path d="M5.3 4h5.4M12.5 5.8v4.4M3.5 5.8V9a3 3 0 0 0 3 3h4.2" />
  </>,
)
export const ClaimsIcon = icon(<path d="M1.5 8.5h3l2-5 3 9 2-5.5h3" />)
export const ModelsIcon = icon(
  <>
    <path d="m8 1.7 5.7 3.1v6.4L8 14.3l-5.7-3.1V4.8Z" />
    <path d="m2.5 5 5.5 3 5.5-3M8 8v6" />
  </>,
)
export const PersonIcon = icon(
  <>
    <circle cx="8" cy="5" r="2.7" />
    <path d="M2.8 14c.6-2.9 2.7-4.3 5.2-4.3s4.6 1.4 5.2 4.3" />
  </>,
)
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13" />
  </>,
)
export const MoonIcon = icon(<path d="M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7Z" />)
export const ScreenIcon = icon(
  <>
    <rect x="1.5" y="2.5" width="13" height="8.5" rx="1.2" />
    <path d="M5.5 14h5M8 11v3" />
  </>,
)
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.5" />
    <path d="M10.5 5.5V3.5A1.5 1.5 0 0 0 9 2H3.5A1.5 1.5 0 0 0 2 3.5V9a1.5 1.5 0 0 0 1.5 1.5h2" />
  </>,
)
export const CheckIcon = icon(<path d="m3 8.5 3.3 3.3L13 4.5" strokeWidth="2" />)
export const CommitIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.7" />
    <path d="M.8 8h4.5M10.7 8h4.5" />
  </>,
)
export const PlayIcon = icon(<path d="M4.5 2.6v10.8L13 8Z" />)
export const StopIcon = icon(<rect x="3.5" y="3.5" width="9" height="9" rx="1.2" />)
export const PauseIcon = icon(<path d="M5.5 3v10M10.5 3v10" strokeWidth="2" />)
export const RollbackIcon = icon(<path d="M5.5 2.5 2 6l3.5 3.5M2.5 6H10a4 4 0 0 1 0 8H6.5" />)
export const KeyIcon = icon(
  <>
    <circle cx="5" cy="11" r="3" />
    <path d="m7.2 8.8 6.3-6.3M11 5l2 2" />
  </>,
)
export const MenuIcon = icon(<path d="M2 4h12M2 8h12M2 12h12" />)
export const ArrowIcon = icon(<path d="M3 8h10M9 4l4 4-4 4" />)
export const UploadIcon = icon(
  <path d="M8 10.5V2.5M4.8 5.5 8 2.3l3.2 3.2M2 10v2.5A1.5 1.5 0 0 0 3.5 14h9a1.5 1.5 0 0 0 1.5-1.5V10" />,
)
export const DataIcon = icon(
  <>
    <ellipse cx="8" cy="3.6" rx="5.5" ry="2.1" />
    <path d="M2.5 3.6v8.8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.6M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1" />
  </>,
)
export const TrainIcon = icon(<path d="M2 2v12h12M4.5 11.5l3-3.5 2.2 2L14 4.5" />)
export const ExplainIcon = icon(<path d="M2 2.5h6M2 6.2h9.5M5 9.8h8M2 13.5h4.5" strokeWidth="2" />)
