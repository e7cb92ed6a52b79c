import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
export const columnTypes = ['number', 'integer', 'string', 'category', 'boolean', 'date', 'timestamp'] as const
export const columnRoles = ['feature', 'target', 'id', 'subject', 'time', 'known_since', 'ignore'] as const
export const columnPolicies = ['drop', 'mask', 'pseudonymise', 'generalise', 'keep'] as const

const Confidence = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))

export const ContractColumn = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    type: Type.Enum([...columnTypes]),
    nullable: Type.Boolean(),
    role: Type.Enum([...columnRoles]),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    values: Type.Optional(Type.Array(Type.String())),
    pattern: Type.Optional(Type.String({ description: 'regular expression (RE2) found in every value' })),
    unique: Type.Optional(Type.Boolean()),
    missing: Type.Optional(
      Type.Array(Type.String(), {
        description: 'texts that mean missing, beside the empty one; upper and lower case alike',
      }),
    ),
    format: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'how it is written: 1.234,56 or %d.%m.%Y; absent: 1234.56 or ISO 8601',
      }),
    ),
    positive: Type.Optional(Type.String({ description: 'of the target: the value the score is the probability of' })),
    protected: Type.Optional(Type.Boolean()),
    decisionTime: Type.Optional(Type.Boolean({ description: 'known when the decision is made' })),
    pii: Type.Optional(Type.String({ minLength: 1, description: 'kind of personal data that it holds' })),
    policy: Type.Optional(Type.Enum([...columnPolicies], { description: 'what is done to it on the way in' })),
    confidence: Confidence('of the type, when it was inferred'),
    roleConfidence: Confidence('of the role, when it was inferred'),
    description: Type.Optional(Type.String()),
    unit: Type.Optional(Type.String()),
  },
  closed,
)
export type ContractColumn = Static<typeof ContractColumn>

export const ContractRule = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    sql: Type.String({
      minLength: 1,
      description: 'an expression over the columns of a row, true where the rule holds',
    }),
    description: Type.Optional(Type.String()),
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
    freshnessDays: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'rows whose time is older than this are stale' }),
    ),
  },
  closed,
)
export type Contract = Static<typeof Contract>
