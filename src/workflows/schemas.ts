import { Type, type Static } from 'typebox'
import { ProjectData } from './project/project.ts'

export type { AnonymityReport, AnonymityRequest } from './anonymity/schemas.ts'
export type {
  GlobalExplanation,
  PartialDependence,
  PredictionExplanation,
  PredictionExplanationAnswer,
} from './explanation/schemas.ts'

export const CommitRequest = Type.Object(
  {
    message: Type.String({ minLength: 1, maxLength: 2_000 }),
    author: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    sha: Type.Optional(Type.String({ pattern: '^[0-9a-f]{7,64}$' })),
    files: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
  },
  { additionalProperties: false },
)

export const StartRequest = Type.Object(
  {
    project: Type.Optional(
      Type.String({ description: 'an example by name, or the folder of a project; the shipped one by default' }),
    ),
    data: Type.Optional(
      Type.Union([Type.String({ description: 'a file on the machine of the server' }), ProjectData], {
        description: 'instead of the project’s: a file, a dataset version or a source',
      }),
    ),
    target: Type.Optional(Type.String({ description: 'with data: the target column' })),
    configOverrides: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'settings that win over those of the project' }),
    ),
    commit: Type.Optional(CommitRequest),
    ciOnly: Type.Optional(Type.Boolean({ description: 'end after CI; continue goes on with CD' })),
  },
  { additionalProperties: false },
)
export type StartRequest = Static<typeof StartRequest>

export const StartAnswer = Type.Object({ runId: Type.String() })

export const ReasonRequest = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 2_000, description: 'why; kept with the decision' }) },
  { additionalProperties: false },
)

export const WaiverRequest = Type.Object(
  {
    ...ReasonRequest.properties,
    gates: Type.Array(Type.String(), {
      minItems: 1,
      uniqueItems: true,
      description: 'ids of gates that block the run',
    }),
  },
  { additionalProperties: false },
)

export const Waiver = Type.Object({
  gate: Type.String(),
  by: Type.String(),
  reason: Type.String(),
  at: Type.String({ format: 'date-time' }),
  ownWork: Type.Boolean({ description: 'given by the person who had started the run' }),
})

export const RollbackRequest = Type.Object(
  { ...ReasonRequest.properties, model: Type.Optional(Type.String()) },
  { additionalProperties: false },
)

export const RollbackAnswer = Type.Object({
  model: Type.String(),
  from: Type.String(),
  to: Type.String(),
  durationMs: Type.Integer(),
})

export const Empty = Type.Object({}, { additionalProperties: false })
