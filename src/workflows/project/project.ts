import { Type, type Static } from 'typebox'
import { SourceSpec } from '../../data/index.ts'
import { TrainingSettings } from './training.ts'

/** Stands for a column where the rows of the source are in order of time. */
export const ROW_ORDER = '(row order)'

/** Begins the folds that are a named split of the dataset version that is the project's data. */
export const SPLIT_PREFIX = 'split:'

const closed = { additionalProperties: false }

/** A gate's number, as a project sets it. */
const GateSetting = Type.Object(
  {
    threshold: Type.Number(),
    severity: Type.Optional(Type.Enum(['block', 'warn'], { description: 'block when left out' })),
  },
  closed,
)

const SyntheticData = Type.Object(
  {
    kind: Type.Literal('synthetic'),
    n: Type.Integer({ minimum: 500, maximum: 5_000_000, default: 20_000, description: 'claims to generate' }),
    seed: Type.Integer({ minimum: 0, default: 42 }),
  },
  closed,
)

const DatasetData = Type.Object(
  {
    kind: Type.Literal('dataset'),
    id: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'of a dataset version' }),
  },
  closed,
)

/** What a project's data can be: made, a dataset version that is there, or any source. Paths are relative to the project. */
export const ProjectData = Type.Union([SyntheticData, DatasetData, SourceSpec])

/** A block that the project's owner lifts, with the reason; it is recorded with the gate and shown to the reviewers. */
const Waiver = Type.Object(
  {
    gate: Type.String({ minLength: 1, description: 'id of a gate; one that ends with * means all that begin so' }),
    by: Type.String({ minLength: 1, description: 'who answers for it' }),
    reason: Type.String({ minLength: 10 }),
  },
  closed,
)

const Money = Type.Number({ description: 'in any one unit, the same for all; negative is a gain' })

/** What a decision costs, by what it turns out to be. */
export const DecisionCosts = Type.Object(
  {
    falsePositive: Type.Number({ minimum: 0, description: 'a referral that finds nothing' }),
    falseNegative: Type.Number({ minimum: 0, description: 'a positive claim that passes' }),
    truePositive: Type.Optional(Money),
    trueNegative: Type.Optional(Money),
  },
  closed,
)

/** What one installation of a model is: its data, target, gates and policy. One validated object; unknown keys are errors. */
export const Project = Type.Object(
  {
    name: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' }),
    model: Type.String({
      pattern: '^[a-zA-Z0-9_-]{1,50}$',
      description: 'registered model that runs of this project make',
    }),
    description: Type.Optional(Type.String()),
    data: ProjectData,
    contract: Type.Optional(
      Type.String({ description: 'contract file (YAML), relative to the project; inferred when absent' }),
    ),
    target: Type.String({ minLength: 1 }),
    positive: Type.Optional(
      Type.String({ description: 'the value of the target that the score is the probability of' }),
    ),
    drop: Type.Array(Type.String(), { default: [] }),
    protected: Type.Array(Type.String(), { default: [], description: 'protected attributes, for fairness' }),
    id: Type.Optional(Type.String({ description: 'column that tells the rows apart' })),
    time: Type.Optional(
      Type.String({
        description: `column with the time of the claim; ${ROW_ORDER} where the rows are in order of time`,
      }),
    ),
    group: Type.Optional(
      Type.String({ description: 'rows that belong together and never stand on both sides of a split' }),
    ),
    subject: Type.Optional(Type.String({ description: 'the person a row is about, for erasure' })),
    folds: Type.Optional(
      Type.String({
        description: `CSV of given folds (columns row, fold), relative to the project, or ${SPLIT_PREFIX}NAME for a split of the dataset version`,
      }),
    ),
    gates: Type.Record(Type.String(), GateSetting, { default: {} }),
    waivers: Type.Array(Waiver, { default: [] }),
    training: TrainingSettings,
    decision: Type.Object(
      {
        threshold: Type.Union(
          [Type.Literal('best-f1'), Type.Literal('lowest-cost'), Type.Number({ minimum: 0, maximum: 1 })],
          { default: 'best-f1', description: 'scores from here on are referred' },
        ),
        costs: Type.Optional(DecisionCosts),
      },
      { ...closed, default: {} },
    ),
    shadow: Type.Object(
      {
        minRequests: Type.Integer({
          minimum: 1,
          default: 50,
          description: 'mirrored or replayed predictions to compare',
        }),
        maxWaitMs: Type.Integer({ minimum: 0, default: 10_000, description: 'wait for live traffic before replaying' }),
      },
      { ...closed, default: {} },
    ),
    profile: Type.Union([Type.Literal('development'), Type.Literal('tuning'), Type.Literal('production')], {
      default: 'development',
    }),
  },
  closed,
)
export type Project = Static<typeof Project>

/** The part of a project that says what its data is: enough to make a dataset version. */
export type DatasetSettings = Pick<
  ResolvedProject,
  'name' | 'data' | 'contractYaml' | 'positive' | 'drop' | 'protected' | 'id' | 'time' | 'group' | 'subject'
> & {
  /** an import may come before anybody knows what is to be predicted */
  target?: string
  /** of the dataset's own contract, where the import brought none */
  contractVersion?: number
  /** what people call the source, where its path does not say: the name of an uploaded file */
  sourceName?: string
  /** what people corrected in rows that were in quarantine, since the source was read */
  corrections?: {
    /** the version whose quarantine was corrected last */
    parent: string
    /** digests of artifacts, `Corrections` each, in the order in which they were made: cells stand in artifacts only */
    artifacts: string[]
  }
}

/** A project as a run keeps it: nothing refers to a file that may change, except the data itself. */
export type ResolvedProject = Project & {
  /** text of the contract file */
  contractYaml?: string
  /** absolute path of the folds file */
  foldsPath?: string
}
