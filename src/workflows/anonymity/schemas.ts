import { Type, type Static, type TSchema } from 'typebox'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Column = Type.String({ minLength: 1, maxLength: 200 })

export const AnonymityBody = Type.Object(
  {
    quasiIdentifiers: Type.Array(Column, {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'columns that together may single out a person',
    }),
    sensitive: Type.Optional(Column),
    k: Type.Integer({ minimum: 2, maximum: 1_000_000, default: 5, description: 'class size that is wanted' }),
  },
  { additionalProperties: false },
)

export type AnonymityRequest = Static<typeof AnonymityBody>

const Classes = {
  k: Type.Integer({ description: 'size of the smallest class; 0 without rows' }),
  nClassesBelow: Type.Integer({ description: 'classes smaller than the wanted k' }),
  nRowsBelow: Type.Integer({ description: 'rows in them' }),
}

export const AnonymityAnswer = Type.Object({
  nRows: Type.Integer(),
  nClasses: Type.Integer({ description: 'distinct combinations of the quasi-identifiers' }),
  ...Classes,
  l: Nullable(Type.Integer()),
  t: Nullable(Type.Number()),
  remedies: Type.Array(Type.Object({ column: Type.String(), change: Type.String(), ...Classes }), {
    description: 'what one change to one column would do, the most helpful first',
  }),
})
export type AnonymityReport = Static<typeof AnonymityAnswer>
