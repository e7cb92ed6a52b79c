import { useState } from 'react'
import { usePipelineActions } from '../api/pipeline.ts'
import { formatDuration } from './format.ts'
import { RollbackIcon } from './icons.tsx'
import { tell } from './notify.ts'
import { GuardedButton } from './permission.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

type Props = { model?: string; from?: string | null; to?: string | null; isDisabled?: boolean }

/** Puts the previous champion back, with a reason. */
export function RollbackButton({ model, from, to, isDisabled }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const { rollback } = usePipelineActions()
  const confirm = async (reason: string) => {
    const done = await rollback.mutateAsync({ reason, model })
    tell(`${done.model} is back on ${done.to} (was ${done.from}), in ${formatDuration(done.durationMs)}`)
  }
  return (
    <>
      <GuardedButton
        permission="rollback"
        leftSection={<RollbackIcon size={13} />}
        disabled={isDisabled}
        title={isDisabled ? 'There is no earlier champion' : undefined}
        onClick={() => setIsOpen(true)}
      >
        Roll back
      </GuardedButton>
      <ReasonDialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Roll back ${model ?? 'to the previous champion'}`}
        action="Roll back now"
        isDanger
        placeholder="What is wrong with the present version"
        onConfirm={confirm}
      >
        <p>
          {from != null && to != null ? (
            <>
              Traffic goes from <b>{from}</b> back to <b>{to}</b> at once.
            </>
          ) : (
            'Traffic goes back to the previous champion at once.'
          )}{' '}
          No new approval is needed: that version was approved before.
        </p>
      </ReasonDialog>
    </>
  )
}
