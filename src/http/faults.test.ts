import { Type, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { faultsOf, faultText } from './faults.ts'

const faults = (schema: TSchema, value: unknown) => faultsOf('body', value, Compile(schema).Errors(value))

describe('faultsOf', () => {
  it.each<[string, TSchema, unknown, string]>([
    ['a wrong type', Type.Integer(), 'x', 'body: given "x"; wanted type integer'],
    ['a number that is too small', Type.Number({ minimum: 0 }), -1, 'body: given -1; wanted >= 0'],
    ['an empty text', Type.String({ minLength: 1 }), '', 'body: given ""; wanted a text that is not empty'],
    ['a short text', Type.String({ minLength: 3 }), 'a', 'body: given "a"; wanted at least 3 characters'],
    ['an enum', Type.Enum(['a', 'b']), 'c', 'body: given "c"; wanted one of "a", "b"'],
    ['a constant', Type.Literal('a'), 'c', 'body: given "c"; wanted "a"'],
    [
      'a union of types',
      Type.Union([Type.String(), Type.Null()]),
      4,
      'body: given 4; wanted one of type string, type null',
    ],
    [
      'a place in a list',
      Type.Array(Type.Object({ n: Type.Number() })),
      [{ n: 1 }, { n: 'x' }],
      'body.1.n: given "x"; wanted type number',
    ],
    [
      'two missing fields',
      Type.Object({ a: Type.Number(), b: Type.Number() }),
      {},
      'body.a: wanted a value: it is required; body.b: wanted a value: it is required',
    ],
    [
      'an unknown field',
      Type.Object({}, { additionalProperties: false }),
      { a: 1 },
      'body.a: given 1; wanted nothing: there is no such field',
    ],
  ])('says %s', (_, schema, value, text) => {
    expect(faultText(faults(schema, value))).toBe(text)
  })

  it('shortens what was given', () => {
    expect(faults(Type.Number(), 'x'.repeat(500))[0].given).toHaveLength(81)
  })
})
