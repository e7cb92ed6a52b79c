import { assert, constantFrom, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { highlight } from './highlight.ts'

it('tells keywords, strings, numbers and comments apart', () => {
  expect(highlight("const a = 'x' // 1\nconstant = 2.5")).toEqual([
    { kind: 'keyword', text: 'const' },
    { kind: 'plain', text: ' a = ' },
    { kind: 'string', text: "'x'" },
    { kind: 'plain', text: ' ' },
    { kind: 'comment', text: '// 1' },
    { kind: 'plain', text: '\nconstant = ' },
    { kind: 'number', text: '2.5' },
  ])
})

it('does not see a comment inside a string, nor a string inside a comment', () => {
  expect(highlight('"http://x"')).toEqual([{ kind: 'string', text: '"http://x"' }])
  expect(highlight("/* it's */")).toEqual([{ kind: 'comment', text: "/* it's */" }])
})

it('loses and adds nothing, whatever the text', () => {
  assert(
    property(string({ unit: constantFrom('a', '1', "'", '"', '`', '/', '*', '\\', '\n', ' ', '.', 'if') }), (text) => {
      expect(
        highlight(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
