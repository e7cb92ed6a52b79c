import { Alert, Button, Group, Modal, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useAddActor } from '../api/system.ts'
import { Failure } from './answers.tsx'
import { Copy } from './copy.tsx'

/** Makes a second person who may approve; the key is shown once and never again. */
export function AddReviewerDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a reviewer">
      {isOpen && <Form onClose={onClose} />}
    </Modal>
  )
}

function Form({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const add = useAddActor()
  if (add.data !== undefined) return <KeyOnce name={add.data.actor.name} secret={add.data.key} onClose={onClose} />

  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate({ name: name.trim(), roles: ['reviewer'] })
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Name"
        description="A reviewer can look at everything, approve, reject and roll back."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        required
        maxLength={100}
        autoComplete="off"
      />
      {add.error !== null && <Failure error={add.error} />}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={add.isPending}>
          Add reviewer
        </Button>
      </Group>
    </form>
  )
}

function KeyOnce({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <>
      <Alert color="gray" title={`${name} can now approve`}>
        This key is shown once. Give it to {name}, who signs in with it from the menu at the lower left.
      </Alert>
      <Group wrap="nowrap" mt="md" gap="xs">
        <TextInput aria-label="Key" value={secret} readOnly flex={1} classNames={{ input: 'mono' }} />
        <Copy value={secret} what="key" />
      </Group>
      <Group justify="flex-end" mt="md">
        <Button variant="filled" onClick={onClose}>
          I have kept it
        </Button>
      </Group>
    </>
  )
}
