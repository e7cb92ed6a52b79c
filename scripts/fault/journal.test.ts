import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countRepeats, Journal } from './journal.ts'
import { isSound } from './report.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fault-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

it('a journal gives back what was acknowledged, each once', () => {
  const journal = new Journal(path.join(folder, 'j'))
  journal.append('prediction', ['a', 'b'])
  journal.append('outcome', ['a'])
  journal.append('prediction', ['b', 'c'])
  expect(journal.read()).toEqual(
    new Map([
      ['prediction', new Set(['a', 'b', 'c'])],
      ['outcome', new Set(['a'])],
    ]),
  )
})

it.each([
  ['no repeat', 'r s 1 end h\nr t 1 end h\n', 0],
  ['another attempt’s effects', 'r s 1 track h\nr s 2 track h\nr s 2 end h\n', 0],
  ['an effect made twice', 'r s 1 track h\nr s 1 track h\n', 1],
  ['a step that ended twice', 'r s 1 end h\nr s 2 end h\n', 1],
  ['a line that was cut', 'r s 1 end h\nr t', 0],
])('countRepeats with %s', (_, text, n) => {
  const file = path.join(folder, 'e')
  fs.writeFileSync(file, text)
  expect(countRepeats(file)).toBe(n)
})

it('countRepeats fails when it has nothing to look at', () => {
  expect(() => countRepeats(path.join(folder, 'none'))).toThrow('looked at nothing')
})

it('a report is sound only if something was broken and nothing lost', () => {
  const sound = { kills: 1, acknowledged: 5, lost: 0, finishedStepsRepeated: 0, unfinishedRuns: 0 }
  expect(isSound(sound)).toBe(true)
  for (const bad of [
    { kills: 0 },
    { acknowledged: 0 },
    { lost: 1 },
    { finishedStepsRepeated: 1 },
    { unfinishedRuns: 1 },
  ])
    expect(isSound({ ...sound, ...bad })).toBe(false)
})
