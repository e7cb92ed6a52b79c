import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { usePipelineActions } from '../../api/pipeline.ts'
import { meQuery } from '../../api/system.ts'
import { Failure } from '../../components/answers.tsx'
import { CommitIcon } from '../../components/icons.tsx'
import { GuardedButton } from '../../components/permission.tsx'

/** Opens the dialog that makes a commit, which starts a run. */
export function NewCommitButton({ onStarted }: { onStarted: (runId: string) => void }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <GuardedButton
        permission="pipeline.run"
        variant="filled"
        leftSection={<CommitIcon size={14} />}
        onClick={() => setIsOpen(true)}
      >
        New commit
      </GuardedButton>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="New commit">
        {isOpen && (
          <Form
            onClose={() => setIsOpen(false)}
            onStarted={(runId) => {
              setIsOpen(false)
              onStarted(runId)
            }}
          />
        )}
      </Modal>
    </>
  )
}

function Form({ onClose, onStarted }: { onClose: () => void; onStarted: (runId: string) => void }) {
  const { data: me } = useQuery(meQuery)
  const { commit } = usePipelineActions()
  const [message, setMessage] = useState('')
  const [author, setAuthor] = useState('')
  const [ciOnly, setCiOnly] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = { message: message.trim(), ...(author.trim() === '' ? {} : { author: author.trim() }) }
    commit.mutate({ commit: words, ciOnly }, { onSuccess: ({ runId }) => onStarted(runId) })
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Message"
        placeholder="What changes, e.g. deeper trees for surgery claims"
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
        required
        data-autofocus
        maxLength={500}
        autoComplete="off"
      />
      <TextInput
        mt="sm"
        label="Author"
        placeholder={me?.actor.name ?? 'You'}
        value={author}
        onChange={(event) => setAuthor(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
      />
      <Checkbox
        mt="md"
        label="CI only"
        description="Stop after the checks and the quick training; Continue takes the run on later."
        checked={ciOnly}
        onChange={(event) => setCiOnly(event.currentTarget.checked)}
      />
      {commit.error !== null && <Failure error={commit.error} />}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="filled" disabled={message.trim() === ''} loading={commit.isPending}>
          Commit and run
        </Button>
      </Group>
    </form>
  )
}
