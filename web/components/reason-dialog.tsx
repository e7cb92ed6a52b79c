import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Failure } from './answers.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** the word on the button that does it */
  action: string
  isDanger?: boolean
  /** set when it may not be done, and why */
  refusal?: string
  placeholder?: string
  size?: string | number
  children?: ReactNode
  onConfirm: (reason: string) => Promise<unknown>
}

/** Asks for a reason before something that is recorded for good. Stays open, with the server's words, when refused. */
export function ReasonDialog(props: Props) {
  const { isOpen, onClose, title, size = 'md' } = props
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={size}>
      {isOpen && <Form {...props} />}
    </Modal>
  )
}

function Form({ onClose, action, isDanger, refusal, placeholder, children, onConfirm }: Props) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<Error | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isUsable = reason.trim() !== '' && refusal === undefined

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isUsable) return
    setIsBusy(true)
    setError(null)
    try {
      await onConfirm(reason.trim())
      onClose()
    } catch (cause) {
      setError(cause as Error)
      setIsBusy(false)
    }
  }

  return (
    <form onSubmit={submit}>
      {children}
      <Textarea
        label="Reason"
        description="Recorded with your name; auditors read it."
        placeholder={placeholder}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        mt="sm"
      />
      {error !== null && <Failure error={error} />}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button onClick={onClose}>Keep as it is</Button>
        <Button
          type="submit"
          variant={isDanger ? 'danger' : 'filled'}
          loading={isBusy}
          disabled={!isUsable}
          title={refusal ?? (isUsable ? undefined : 'Give a reason first')}
        >
          {action}
        </Button>
      </Group>
    </form>
  )
}
