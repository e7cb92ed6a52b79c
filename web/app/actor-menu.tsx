import { Menu, UnstyledButton, useMantineColorScheme, SegmentedControl, type MantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { currentKey, setKey } from '../api/credentials.ts'
import { meQuery } from '../api/system.ts'
import { useCan } from '../components/permission.tsx'
import { KeyIcon, MoonIcon, PersonIcon, RollbackIcon, ScreenIcon, SunIcon } from '../components/icons.tsx'
import { AddReviewerDialog } from '../components/add-reviewer.tsx'
import classes from './actor-menu.module.css'
import { SignInDialog } from './sign-in.tsx'

/** Who is acting, signing in and out, adding a reviewer, the theme. */
export function ActorMenu() {
  const { data: me, error } = useQuery(meQuery)
  const canManage = useCan('actors.manage')
  const [dialog, setDialog] = useState<'sign-in' | 'add' | null>(null)
  const name = me?.actor.name ?? (error === null ? '…' : 'Not signed in')
  const roles = me?.actor.roles.join(', ') ?? 'sign in with a key'

  return (
    <>
      <Menu position="top-start">
        <Menu.Target>
          <UnstyledButton className={classes.actor} aria-label={`Actor: ${name}, ${roles}`}>
            <PersonIcon />
            <span className={classes.words}>
              <span className={classes.name}>{name}</span>
              <span className={classes.roles}>{roles}</span>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {me !== undefined && (
            <div className={classes.about}>
              Approval policy <b>{me.approvalPolicy}</b>, {me.nReviewers}{' '}
              {me.nReviewers === 1 ? 'reviewer' : 'reviewers'}.
              {me.trustedLoopback && ' Requests from this computer are trusted without a key.'}
            </div>
          )}
          <Menu.Item leftSection={<KeyIcon />} onClick={() => setDialog('sign-in')}>
            Sign in with a key
          </Menu.Item>
          {currentKey() !== null && (
            <Menu.Item leftSection={<RollbackIcon />} onClick={() => setKey(null)}>
              Sign out
            </Menu.Item>
          )}
          <Menu.Item leftSection={<PersonIcon />} disabled={!canManage} onClick={() => setDialog('add')}>
            Add a reviewer
          </Menu.Item>
          <Menu.Divider />
          <Theme />
        </Menu.Dropdown>
      </Menu>
      <SignInDialog isOpen={dialog === 'sign-in'} onClose={() => setDialog(null)} />
      <AddReviewerDialog isOpen={dialog === 'add'} onClose={() => setDialog(null)} />
    </>
  )
}

const schemes = [
  { value: 'auto', name: 'As the system', Icon: ScreenIcon },
  { value: 'light', name: 'Light', Icon: SunIcon },
  { value: 'dark', name: 'Dark', Icon: MoonIcon },
]

function Theme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth
      aria-label="Theme"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={schemes.map(({ value, name, Icon }) => ({
        value,
        label: (
          <span className={classes.scheme} title={name}>
            <Icon size={14} />
            <span className="visually-hidden">{name}</span>
          </span>
        ),
      }))}
    />
  )
}
