import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkLayers } from './layers/check.ts'
import { drawHouse, withDrawing } from './layers/drawing.ts'
import { house, type House } from './layers/house.ts'
import { assemblyScriptImportsOf, importsOf } from './layers/imports.ts'

const small: House = {
  roof: 'main.ts',
  minimumFiles: 6,
  rooms: {
    stones: { floor: 0, holds: 'stones', pure: { node: ['node:fs'] } },
    walls: { floor: 1, holds: 'walls', sideDoors: ['side/index.ts'] },
    doors: { floor: 1, holds: 'doors', sameFloor: ['walls'] },
    windows: { floor: 1, holds: 'windows', isForWeb: true, sideDoors: ['frame/index.ts'] },
  },
}

const sound: Record<string, string> = {
  'src/stones/index.ts': "import fs from 'node:fs'\nexport const stone = fs.constants",
  'src/walls/index.ts': "import { stone } from '../stones/index.ts'\nexport const wall = stone",
  'src/walls/tables.ts': "import pg from 'pg'\nexport const walls = pg",
  'src/walls/schemas.ts': 'export type Wall = 1',
  'src/doors/index.ts': "export { wall } from '../walls/index.ts'",
  'src/doors/tables.ts': "import { stones } from '../stones/tables.ts'\nexport const doors = stones",
  'src/doors/side.ts': "import { side } from '../walls/side/index.ts'\nnew URL('../../bin/hooks.js', import.meta.url)",
  'src/doors/door.fixture.ts': "import { database } from '../../test/database.ts'",
  'src/doors/door.test.ts': "import './door.fixture.ts'",
  'src/windows/index.ts': 'export const window = 1',
  'web/view.tsx': "import { window } from '../src/windows/index.ts'\nexport const view = window",
  'src/main.ts': "import { wall } from './walls/index.ts'\nexport default wall",
  'web/page.tsx':
    "import type { Wall } from '../src/walls/schemas.ts'\nexport const Page = (wall: Wall) => <p>{wall}</p>",
  'src/walls/wall.test.ts':
    "import { database } from '../../test/database.ts'\nimport { test } from 'vitest'\ntest(database)",
}

let root: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'layers-'))
  plant(sound)
})
afterEach(() => fs.rmSync(root, { recursive: true }))

function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text)
  }
}

test('a sound house has no violation', () => {
  expect(checkLayers(root, small)).toEqual([])
})

describe('one planted violation is found as what it is', () => {
  const planted: [kind: string, what: string, file: string, text: string][] = [
    ['upward', 'a value import', 'src/stones/a.ts', "import { wall } from '../walls/index.ts'"],
    ['upward', 'a type import', 'src/stones/a.ts', "import type { Wall } from '../walls/index.ts'"],
    ['upward', 'an import() type', 'src/stones/a.ts', "export type W = import('../walls/index.ts').Wall"],
    ['upward', 'a dynamic import', 'src/stones/a.ts', "await import('../walls/index.ts')"],
    ['upward', 'a re-export', 'src/stones/a.ts', "export * from '../walls/index.ts'"],
    ['upward', 'a require', 'src/stones/a.ts', "require('../walls/index.ts')"],
    ['upward', 'a worker', 'src/stones/a.ts', "new Worker(new URL('../walls/index.ts', import.meta.url))"],
    ['upward', 'the roof', 'src/walls/a.ts', "import '../main.ts'"],
    ['upward', 'a test', 'src/stones/a.test.ts', "import { wall } from '../walls/index.ts'"],
    ['same-floor', 'an arrow that the table lacks', 'src/walls/a.ts', "import '../doors/index.ts'"],
    ['inside', 'a file behind the face', 'src/doors/a.ts', "import '../walls/store.ts'"],
    ['inside', 'a file behind the face, from the roof', 'src/main.ts', "import './walls/store.ts'"],
    ['inside', 'a test of another room', 'src/doors/a.test.ts', "import '../walls/store.ts'"],
    ['tables', 'tables from a store', 'src/doors/store.ts', "import '../walls/tables.ts'"],
    ['same-floor', 'tables without an arrow', 'src/walls/tables.ts', "import '../doors/tables.ts'"],
    ['web', 'a value in the UI', 'web/a.ts', "import { wall } from '../src/walls/schemas.ts'"],
    ['web', 'a type that is no schema', 'web/a.ts', "import type { Wall } from '../src/walls/index.ts'"],
    ['web', 'a side door of a room for the UI', 'web/a.ts', "import { frame } from '../src/windows/frame/index.ts'"],
    ['web', 'the face of a room that is not for the UI', 'web/a.ts', "import { wall } from '../src/walls/index.ts'"],
    ['web', 'the UI in the house', 'src/walls/a.ts', "import '../../web/page.tsx'"],
    ['package-in-pure-room', 'a package', 'src/stones/a.ts', "import pg from 'pg'"],
    ['node-in-pure-room', 'a module of Node', 'src/stones/a.ts', "import 'node:net'"],
    ['outside', 'a script', 'src/walls/a.ts', "import '../../scripts/layers.ts'"],
    ['outside', "the tests' folder from code", 'src/walls/a.ts', "import '../../test/database.ts'"],
    ['outside', 'a fixture from code', 'src/doors/a.ts', "import './door.fixture.ts'"],
    ['outside', 'another checkout, from a test', 'src/walls/a.test.ts', "import '../../../elsewhere/x.ts'"],
    [
      'upward',
      'AssemblyScript',
      'src/stones/wasm/a.ts',
      "import { wall } from '../../walls/index'\n@inline\nfunction f(): void {}",
    ],
    ['unknown-room', 'a room that is not in the table', 'src/cellar/index.ts', 'export const wine = 1'],
    ['unknown-room', 'a file beside the rooms', 'src/loose.ts', 'export const loose = 1'],
  ]
  test.each(planted)('%s: %s', (kind, _, file, text) => {
    plant({ [file]: text })
    expect(checkLayers(root, small)).toMatchObject([{ kind, file }])
  })

  test('missing-file: a room without its face', () => {
    fs.rmSync(path.join(root, 'src/doors/index.ts'))
    expect(checkLayers(root, small)).toMatchObject([{ kind: 'missing-file', file: 'src/doors/index.ts' }])
  })

  test('too-few-files: a check that looked at too little', () => {
    expect(checkLayers(root, { ...small, minimumFiles: 99 })).toMatchObject([{ kind: 'too-few-files' }])
    expect(checkLayers(path.join(root, 'nowhere'), small).map((found) => found.kind)).toContain('too-few-files')
  })
})

test('a file that cannot be parsed stops the check', () => {
  expect(() => importsOf('a.ts', 'import {')).toThrow('a.ts cannot be parsed')
})

test('AssemblyScript is read by its statements', () => {
  const text = `// import './no.ts'
/* export * from './no.ts' */
import { a,
  b } from './a.ts'
@inline
export function f(x: i32): i32 { return x } // from './no.ts'
export { b } from './b.ts'
import './c.ts'`
  expect(assemblyScriptImportsOf(text)).toEqual([
    { target: './a.ts', isType: false, line: 3 },
    { target: './b.ts', isType: false, line: 7 },
    { target: './c.ts', isType: false, line: 8 },
  ])
})

test('text that only looks like an import is none, and URLs of data files are none', () => {
  const text =
    "// import './a.ts'\nconst s = \"import './b.ts'\"\nnew URL('./kernels.wasm', import.meta.url)\nexport const x = s"
  expect(importsOf('a.ts', text)).toEqual([])
})

test('an import of types only is told from one that leaves a value', () => {
  const text = "import { type A } from './a.ts'\nimport { type B, c } from './b.ts'\nimport './c.ts'"
  expect(importsOf('a.ts', text)).toEqual([
    { target: './a.ts', isType: true, line: 1 },
    { target: './b.ts', isType: false, line: 2 },
    { target: './c.ts', isType: false, line: 3 },
  ])
})

test('the drawing has a line for each room and replaces an older one', () => {
  const drawing = drawHouse(house)
  for (const name of Object.keys(house.rooms)) expect(drawing).toMatch(new RegExp(`^[ \\d]  ${name} `, 'm'))
  const document = '# A\n<!-- layers:begin (drawn by npm run layers -- --draw) -->\nold\n<!-- layers:end -->\nend\n'
  const once = withDrawing(document, house)
  expect(once).toContain(drawing)
  expect(once).not.toContain('old')
  expect(withDrawing(once, house)).toBe(once)
  expect(() => withDrawing('# A', house)).toThrow('layers:begin')
})
