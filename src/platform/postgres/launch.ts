import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { AssayError } from '../../errors/index.ts'

/** How to run a program that refuses to run as root. */
export type Launch = {
  /** goes before the program, e.g. `unshare -U --` */
  prefix: string[]
  /** the ids to run under; absent when they stay as they are */
  ids: { uid: number; gid: number } | undefined
}

const NOBODY = 65_534

/**
 * Chooses how PostgreSQL runs. An ordinary user runs it as it is. Root runs it as an unprivileged user (the owner of existing
 * data, else `nobody`) if that user can reach the files, else as root's shadow in a user namespace without privileges, which
 * reads what root owns but has no power over anything else.
 * @param place.directory must be enterable, `place.program` executable
 * @param place.owner uid of the data that is already there
 * @throws EMBEDDED_POSTGRES_UNPRIVILEGED when root has neither way
 */
export function chooseLaunch(place: { directory: string; program: string; owner: number | undefined }): Launch {
  if (process.getuid?.() !== 0) return { prefix: [], ids: undefined }
  const uid = place.owner || NOBODY
  const asUser: Launch = { prefix: [], ids: { uid, gid: uid } }
  const inNamespace: Launch = { prefix: ['unshare', '-U', '--'], ids: undefined }
  const reasons: string[] = []
  for (const launch of [asUser, inNamespace]) {
    const reason = refusal(launch, place)
    if (reason === undefined) return launch
    reasons.push(`${launch.ids ? `uid ${uid}` : 'user namespace'}: ${reason}`)
  }
  throw new AssayError('EMBEDDED_POSTGRES_UNPRIVILEGED', { directory: place.directory, reason: reasons.join('; ') })
}

function refusal(launch: Launch, { directory, program }: { directory: string; program: string }): string | undefined {
  const [file, ...args] = wrap(launch, '/bin/sh', ['-c', 'cd "$1" && exec "$2" --version', 'sh', directory, program])
  const result = spawnSync(file, args, { ...launch.ids, cwd: '/', encoding: 'utf8', env: serverEnvironment() })
  if (result.status === 0) return undefined
  return (result.error?.message ?? result.stderr).trim().split('\n')[0]
}

/** The command line that runs `program` this way: the file to spawn, then its arguments. */
export function wrap(launch: Launch, program: string, args: string[]): string[] {
  return [...launch.prefix, program, ...args]
}

/** Gives a directory of ours to the user that the server runs as. */
export function handOver(launch: Launch, directory: string): void {
  const owner = launch.ids ?? (process.getuid?.() === 0 ? { uid: 0, gid: 0 } : undefined)
  if (!owner || fs.statSync(directory).uid === owner.uid) return
  for (const entry of fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }))
    fs.lchownSync(`${directory}/${entry}`, owner.uid, owner.gid)
  fs.chownSync(directory, owner.uid, owner.gid)
}

/** Our environment without the settings that PostgreSQL would take from it (PGDATA, PGPORT, PGOPTIONS, locale). */
export function serverEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}
