import { describe, expect, it } from 'vitest'
import { createOutput, formatDuration, formatTable } from './output.ts'

it.each([
  [null, '-'],
  [0, '0 ms'],
  [849.6, '850 ms'],
  [12_340, '12.3 s'],
  [245_000, '4 min 05 s'],
  [7_380_000, '2 h 03 min'],
])('formatDuration of %s is %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

it('formatTable sets texts to the left and numbers to the right', () => {
  expect(
    formatTable([
      ['name', 'n'],
      ['a', 5],
      ['long name', 120],
    ]),
  ).toBe('name         n\na            5\nlong name  120')
})

describe('createOutput', () => {
  const make = (isTTY: boolean, isJson = false) => {
    const written = { out: '', err: '' }
    const streams = {
      out: { write: (text: string) => (written.out += text) },
      err: { write: (text: string) => (written.err += text), isTTY, columns: 20 },
    }
    return { written, output: createOutput(streams, isJson) }
  }

  it('keeps standard output for the result', () => {
    const { written, output } = make(false, true)
    output.note('meanwhile')
    output.result({ a: 1 }, 'text')
    expect(written).toEqual({ out: '{"a":1}\n', err: 'meanwhile\n' })
  })

  it('shows progress on a terminal only, in one line that is cleared', () => {
    const file = make(false)
    file.output.progress('10 %')
    expect(file.written.err).toBe('')
    const terminal = make(true)
    terminal.output.progress('a line that is longer than the terminal')
    terminal.output.note('done')
    expect(terminal.written.err).toBe('\r\u001B[Ka line that is long\r\u001B[Kdone\n')
  })
})
