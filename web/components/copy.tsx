import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { CheckIcon, CopyIcon } from './icons.tsx'

/** Copies a text; `what` names it, e.g. "artifact digest". */
export function Copy({ value, what }: { value: string; what: string }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
          <ActionIcon size={24} onClick={copy} aria-label={copied ? 'Copied' : `Copy ${what}`}>
            {copied ? <CheckIcon size={13} /> : <CopyIcon size={13} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
