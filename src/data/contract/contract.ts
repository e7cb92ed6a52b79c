import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
export const columnTypes = ['number', 'integer', 'string', 'category', 'boolean', 'date', 'timestamp'] as const
export const columnRoles = ['feature', 'target', 'id', 'subject', 'time', 'known_since', 'ignore'] as const

export const ContractColumn = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    type: Type.Enum([...columnTypes]),
    nullable: Type.Boolean(),
    role: Type.Enum([...columnRoles]),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    values: Type.Optional(Type.Array(Type.String())),
    pattern: Type.Optional(Type.String()),
    unique: Type.Optional(Type.Boolean()),
    positive: Type.Optional(Type.String({ description: 'of the target: the value the score is the probability of' })),
    protected: Type.Optional(Type.Boolean()),
    decisionTime: Type.Optional(Type.Boolean({ description: 'known when the decision is made' })),
    confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'of the inference' })),
    description: Type.Optional(Type.String()),
    unit: Type.Optional(Type.String()),
  },
  closed,
)
export type ContractColumn = Static<typeof ContractColumn>

export const ContractRule = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    left: Type.String({ description: 'a column' }),
    op: Type.Enum(['<=', '<', '>=', '>', '=', '!=']),
    right: Type.Union([Type.String({ description: 'a column' }), Type.Number()]),
  },
  closed,
)
export type ContractRule = Static<typeof ContractRule>

/** What a dataset promises: its columns, their types, ranges and roles, and what holds between them. */
export const Contract = Type.Object(
  {
    dataset: Type.String({ minLength: 1 }),
    version: Type.Integer({ minimum: 1 }),
    columns: Type.Array(ContractColumn, { minItems: 1 }),
    rules: Type.Array(ContractRule, { default: [] }),
  },
  closed,
)
export type Contract = Static<typeof Contract>
