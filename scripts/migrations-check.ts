import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** `node scripts/migrations-check.ts` fails when the tables say something that no migration does: generating must give nothing new. */
const root = path.resolve(import.meta.dirname, '..')
const copy = path.join('build', 'migrations-check')

process.chdir(root)
fs.rmSync(copy, { recursive: true, force: true })
fs.cpSync('migrations', copy, { recursive: true })
const before = sqlFiles()
execFileSync(
  path.join('node_modules', '.bin', 'drizzle-kit'),
  ['generate', '--dialect=postgresql', '--schema=./src/*/tables.ts', `--out=${copy}`],
  { stdio: ['ignore', 'ignore', 'inherit'] },
)
const faults = sqlFiles()
  .filter((file) => !before.includes(file))
  .map(
    (file) =>
      `tables.ts has changes without a migration (npm run migrations:generate):\n${fs.readFileSync(path.join(copy, file), 'utf8')}`,
  )
fs.rmSync(copy, { recursive: true })

for (const fault of faults) console.error(fault)
if (before.length === 0) console.error('no migration was found: the check looked at nothing')
if (faults.length > 0 || before.length === 0) process.exitCode = 1
else console.log(`migrations: ${before.length} files say what the tables say`)

function sqlFiles(): string[] {
  return fs.readdirSync(copy).filter((file) => file.endsWith('.sql'))
}
