import { useQuery } from '@tanstack/react-query'
import { actorsQuery, meQuery } from '../api/system.ts'
import { useCan } from './permission.tsx'

/** An actor by name where the acting person may know it, else by id, which is always the title. */
export function Who({ id }: { id: string }) {
  const { data: me } = useQuery(meQuery)
  const canList = useCan('actors.manage')
  const { data: actors } = useQuery({ ...actorsQuery, staleTime: 300_000, enabled: me !== undefined && canList })
  const known = actors?.items.find((actor) => actor.id === id) ?? (me?.actor.id === id ? me.actor : undefined)
  return <span title={id}>{known?.name ?? id}</span>
}
