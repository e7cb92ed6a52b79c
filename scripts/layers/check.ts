import fs from 'node:fs'
import path from 'node:path'
import { assemblyScriptImportsOf, importsOf, type Import } from './imports.ts'
import type { House } from './house.ts'

export type Violation = {
  kind:
    | 'upward'
    | 'same-floor'
    | 'inside'
    | 'tables'
    | 'web'
    | 'package-in-pure-room'
    | 'node-in-pure-room'
    | 'outside'
    | 'unknown-room'
    | 'missing-file'
    | 'too-few-files'
  file: string
  line: number
  text: string
}

/** Where a file stands: in a room, on the roof, in the UI, in the tests' folder, or beside the house. */
type Place = { part: 'room'; room: string; inside: string } | { part: 'roof' | 'web' | 'test' | 'beside' }

const SOURCE = /\.(ts|tsx|js)$/
const ASSEMBLYSCRIPT = /^src\/[^/]+\/wasm\//
/** Tests, and what only tests use. */
const TEST = /\.(test|fixture)\.tsx?$/
const FIXTURE = /\.fixture\.tsx?$/
/** The launcher: processes are started with its hooks, by whoever starts one. */
const LAUNCHER = /^bin\//

/** Reads every source file of `src/` and `web/` under `root` and holds its imports against the table. */
export function checkLayers(root: string, house: House): Violation[] {
  const files = [...sourceFiles(path.join(root, 'src')), ...sourceFiles(path.join(root, 'web'))]
  const violations = files.flatMap((file) => checkFile(root, house, path.relative(root, file)))
  violations.push(
    ...checkCompleteness(
      files.map((file) => path.relative(root, file)),
      house,
    ),
  )
  return violations
}

function sourceFiles(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
}

function checkCompleteness(files: string[], house: House): Violation[] {
  const missing = Object.keys(house.rooms)
    .map((room) => `src/${room}/index.ts`)
    .filter((file) => !files.includes(file))
    .map((file): Violation => ({
      kind: 'missing-file',
      file,
      line: 0,
      text: `${file} is in the table but not in the tree`,
    }))
  if (files.length >= house.minimumFiles) return missing
  const text = `${files.length} files were read, at least ${house.minimumFiles} are expected: the check looked at too little`
  return [...missing, { kind: 'too-few-files', file: 'src', line: 0, text }]
}

function checkFile(root: string, house: House, file: string): Violation[] {
  const from = placeOf(file, house)
  if (from.part === 'room' && !(from.room in house.rooms)) {
    return [{ kind: 'unknown-room', file, line: 0, text: `${from.room} is no room of scripts/layers/house.ts` }]
  }
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  const imports = ASSEMBLYSCRIPT.test(file) ? assemblyScriptImportsOf(text) : importsOf(file, text)
  return imports.flatMap((entry) => {
    const fault = entry.target.startsWith('.')
      ? checkRelative(house, { file, from, to: path.join(path.dirname(file), entry.target), entry })
      : checkBare(house, { file, from, entry })
    return fault ? [{ ...fault, file, line: entry.line }] : []
  })
}

function placeOf(file: string, house: House): Place {
  const [top, room, ...rest] = file.split(path.sep)
  if (top === 'web') return { part: 'web' }
  if (top === 'test') return { part: 'test' }
  if (top !== 'src') return { part: 'beside' }
  if (rest.length === 0) return room === house.roof ? { part: 'roof' } : { part: 'room', room, inside: '' }
  return { part: 'room', room, inside: rest.join('/') }
}

type Fault = { kind: Violation['kind']; text: string }

function checkBare(
  house: House,
  { file, from, entry }: { file: string; from: Place; entry: Import },
): Fault | undefined {
  const pure = from.part === 'room' ? house.rooms[from.room].pure : undefined
  if (!pure || from.part !== 'room' || TEST.test(file)) return undefined
  if (!entry.target.startsWith('node:')) {
    return { kind: 'package-in-pure-room', text: `${from.room} is pure and may not import the package ${entry.target}` }
  }
  if (pure.node.includes(entry.target)) return undefined
  return { kind: 'node-in-pure-room', text: `${from.room} is pure and may not import ${entry.target}` }
}

function checkRelative(
  house: House,
  { file, from, to, entry }: { file: string; from: Place; to: string; entry: Import },
): Fault | undefined {
  const target = placeOf(to, house)
  const isTest = TEST.test(file)
  if (LAUNCHER.test(to)) return undefined
  if (FIXTURE.test(to) && !isTest) return { kind: 'outside', text: `${to} is for tests only` }
  if (target.part === 'beside' || (target.part === 'test' && !isTest)) {
    return isTest && !to.startsWith('..')
      ? undefined
      : { kind: 'outside', text: `${to} is no part of the house: only tests may reach for it` }
  }
  if (from.part === 'web') return checkFromWeb(house, target, { to, entry })
  if (target.part === 'web') return { kind: 'web', text: `the house may not import the UI (${to})` }
  if (target.part === 'roof')
    return from.part === 'roof' ? undefined : { kind: 'upward', text: `${to} stands above all rooms` }
  if (target.part !== 'room') return undefined
  if (!(target.room in house.rooms)) return { kind: 'unknown-room', text: `${target.room} is no room` }
  if (from.part === 'room' && from.room === target.room) return undefined
  return checkBetweenRooms(house, from.part === 'room' ? from : undefined, target)
}

function checkFromWeb(house: House, target: Place, { to, entry }: { to: string; entry: Import }): Fault | undefined {
  if (target.part !== 'room') return undefined
  if (target.inside === 'index.ts' && house.rooms[target.room]?.isForWeb) return undefined
  if (entry.isType && target.inside === 'schemas.ts') return undefined
  return { kind: 'web', text: `the UI may import types only, and only from a room's schemas.ts, not ${to}` }
}

/** @param from undefined for the roof, which may import every room */
function checkBetweenRooms(
  house: House,
  from: { room: string; inside: string } | undefined,
  to: { room: string; inside: string },
): Fault | undefined {
  if (from) {
    const floor = house.rooms[from.room].floor
    const targetFloor = house.rooms[to.room].floor
    if (targetFloor > floor) {
      return { kind: 'upward', text: `${from.room} (floor ${floor}) may not import ${to.room} (floor ${targetFloor})` }
    }
    if (targetFloor === floor && !house.rooms[from.room].sameFloor?.includes(to.room)) {
      return { kind: 'same-floor', text: `${from.room} may not import ${to.room} of its own floor` }
    }
  }
  if (to.inside === 'index.ts' || house.rooms[to.room].sideDoors?.includes(to.inside)) return undefined
  if (to.inside !== 'tables.ts') {
    return { kind: 'inside', text: `${to.room} is entered by its index.ts alone, not by ${to.inside}` }
  }
  if (from?.inside === 'tables.ts') return undefined
  return { kind: 'tables', text: `only a tables.ts may import ${to.room}/tables.ts` }
}
