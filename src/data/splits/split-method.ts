import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const TestShare = Type.Number({
  exclusiveMinimum: 0,
  exclusiveMaximum: 1,
  description: 'share of the rows in the test part',
})

/** How a version's rows are divided. What is random goes by a seed or a key, so the same method gives the same split. */
export const SplitMethod = Type.Union([
  Type.Object(
    { kind: Type.Literal('hash'), testShare: TestShare },
    { ...closed, description: 'by a keyed hash of the id: a row never moves' },
  ),
  Type.Object(
    {
      kind: Type.Literal('stratified'),
      nFolds: Type.Integer({ minimum: 2, maximum: 100 }),
      seed: Type.Integer({ minimum: 0 }),
    },
    { ...closed, description: 'folds with the share of positive rows of the whole' },
  ),
  Type.Object(
    {
      kind: Type.Literal('grouped'),
      column: Type.String({ minLength: 1 }),
      nFolds: Type.Integer({ minimum: 2, maximum: 100 }),
      seed: Type.Integer({ minimum: 0 }),
    },
    { ...closed, description: 'folds that keep the rows of a group together' },
  ),
  Type.Object(
    { kind: Type.Literal('time'), testShare: TestShare },
    { ...closed, description: 'the latest rows are the test part' },
  ),
  Type.Object({ kind: Type.Literal('given'), source: Type.String() }, { ...closed, description: 'folds from a file' }),
])
export type SplitMethod = Static<typeof SplitMethod>
