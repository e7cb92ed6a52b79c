import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isAllowed, meQuery, rolesWith } from '../api/system.ts'
import type { Permission } from '../api/types.ts'

/** Whether the acting person may do something; true while that is not known yet, since the server decides anyway. */
export function useCan(permission: Permission): boolean {
  const { data: me } = useQuery(meQuery)
  return me === undefined || isAllowed(me.actor.roles, permission)
}

type Props = ButtonProps & { permission: Permission; title?: string; onClick: () => void; children: ReactNode }

/** A button that says which role is missing instead of failing when pressed. */
export function GuardedButton({ permission, children, ...rest }: Props) {
  const isOpen = useCan(permission)
  if (isOpen) return <Button {...rest}>{children}</Button>
  return (
    <Tooltip label={`Needs one of the roles ${rolesWith(permission).join(', ')}`}>
      <Button {...rest} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  )
}
