import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readInputs } from './inputs.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-inputs-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, text)
  return file
}

it.each([
  ['one object', '{"a":1}', [{ a: 1 }]],
  ['an array', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ['a request body', '{"inputs":[{"a":1}]}', [{ a: 1 }]],
])('reads %s', async (_, text, inputs) => {
  expect(await readInputs({ text })).toEqual({ inputs, areTexts: false })
  expect(await readInputs({ file: write('x.json', text) })).toEqual({ inputs, areTexts: false })
})

it('reads lines of JSON', async () => {
  expect(await readInputs({ file: write('x.jsonl', '{"a":1}\n\n{"a":2}\n') })).toEqual({
    inputs: [{ a: 1 }, { a: 2 }],
    areTexts: false,
  })
})

it('reads a CSV file as texts, with its gaps', async () => {
  expect(await readInputs({ file: write('x.csv', 'amount,kind\n12.5,car\n,home\n') })).toEqual({
    inputs: [
      { amount: '12.5', kind: 'car' },
      { amount: null, kind: 'home' },
    ],
    areTexts: true,
  })
})

it.each([
  ['broken JSON', { text: '{' }, 'FILE_UNREADABLE'],
  ['a number', { text: '5' }, 'FILE_UNREADABLE'],
  ['an empty array', { text: '[]' }, 'FILE_UNREADABLE'],
  ['a file that is not there', { file: '/nowhere/x.json' }, 'FILE_UNREADABLE'],
  ['nothing', {}, 'USAGE_INVALID'],
  ['both', { text: '{}', file: 'x' }, 'USAGE_INVALID'],
])('refuses %s', async (_, given, code) => {
  await expect(readInputs(given)).rejects.toMatchObject({ code })
})

it('names the line that is broken', async () => {
  await expect(readInputs({ file: write('x.jsonl', '{"a":1}\nno') })).rejects.toThrow('x.jsonl, line 2')
})
