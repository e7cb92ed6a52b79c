import { Button, Group, Modal, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { setKey } from '../api/credentials.ts'

/** Takes an actor's key for this tab. The key is checked by the server with the next request. */
export function SignInDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [key, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() === '') return
    setKey(key.trim())
    setText('')
    onClose()
  }
  return (
    <Modal opened={isOpen} onClose={onClose} title="Sign in with a key">
      <form onSubmit={submit}>
        <PasswordInput
          label="Key"
          description="Shown once when the actor was created. It stays in this tab and is forgotten when the tab closes."
          autoComplete="off"
          data-autofocus
          value={key}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant="filled" disabled={key.trim() === ''}>
            Sign in
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
