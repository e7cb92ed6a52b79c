import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/**
 * `node scripts/migrations-check.ts` fails when the tables say something that no migration does: generating migrations must
 * give nothing new, and each room's hand-written `tables.sql` must stand in a migration as it is.
 */
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
      `tables.ts has changes without a migration (npm run migrations:generate):\n${read(path.join(copy, file))}`,
  )
const migrated = before.map((file) => read(path.join('migrations', file))).join('\n')
const handWritten = fs.globSync('src/*/tables.sql')
for (const file of handWritten) {
  if (!squeezed(migrated).includes(squeezed(read(file)))) faults.push(`${file} stands in no migration as it is`)
}
fs.rmSync(copy, { recursive: true })

for (const fault of faults) console.error(fault)
if (before.length === 0) console.error('no migration was found: the check looked at nothing')
if (faults.length > 0 || before.length === 0) process.exitCode = 1
else console.log(`migrations: ${before.length} files say what ${handWritten.length} tables.sql and all tables.ts say`)

function sqlFiles(): string[] {
  return fs.readdirSync(copy).filter((file) => file.endsWith('.sql'))
}

function read(file: string): string {
  return fs.readFileSync(file, 'utf8')
}

/** Without comments, breakpoints and differences of white space. */
function squeezed(sql: string): string {
  return sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim()
}
