import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A home of its own for a demonstration or a fault test, that nothing else knows of. */
export type TemporaryHome = { home: string; remove(): void }

export function makeTemporaryHome(purpose: string): TemporaryHome {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `assay-${purpose}-`))
  // The embedded PostgreSQL of a root user runs as somebody else, who has to get there.
  fs.chmodSync(home, 0o755)
  return { home, remove: () => fs.rmSync(home, { recursive: true, force: true }) }
}
