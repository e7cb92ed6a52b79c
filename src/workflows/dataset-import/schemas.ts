import { Type, type Static } from 'typebox'
import { SourceSpec } from '../../data/index.ts'

const Column = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))
const Columns = (description: string) => Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description }))

export const ImportRequest = Type.Object(
  {
    name: Type.Optional(
      Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$', description: 'of the dataset; the file’s when left out' }),
    ),
    source: Type.Optional(SourceSpec),
    uploadId: Type.Optional(Type.String({ description: 'a finished upload, instead of a source' })),
    contract: Type.Optional(
      Type.String({
        description:
          'YAML; when left out the newest of the dataset, for a dataset that has none inferred from the data',
      }),
    ),
    inferContract: Type.Optional(
      Type.Boolean({
        description: 'infers a contract from the data though the dataset has one; it becomes its newest',
      }),
    ),
    target: Column('what is to be predicted; may be chosen later'),
    positive: Type.Optional(Type.String({ description: 'the value of the target that is looked for' })),
    id: Column('tells the rows apart'),
    time: Column('when the claim arose'),
    subject: Column('the person a row is about, for erasure'),
    group: Column('rows that belong together'),
    protected: Columns('protected attributes, for fairness'),
    drop: Columns('to be left out'),
  },
  { additionalProperties: false },
)
export type ImportRequest = Static<typeof ImportRequest>

export const SourceTestRequest = Type.Object({ source: SourceSpec }, { additionalProperties: false })

const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])

export const SourceTestAnswer = Type.Union([
  Type.Object({
    isReadable: Type.Literal(true),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
    rows: Type.Array(Type.Array(Cell), { description: 'the first five' }),
    warnings: Type.Array(
      Type.Object({ code: Type.String(), column: Type.Optional(Type.String()), message: Type.String() }),
    ),
  }),
  Type.Object({ isReadable: Type.Literal(false), code: Type.String(), message: Type.String() }),
])
