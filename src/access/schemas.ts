import { Type, type Static } from 'typebox'
import { roleNames } from './permissions.ts'

export const RoleSchema = Type.Enum(roleNames)

export const ActorView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Enum(['person', 'service', 'agent']),
  roles: Type.Array(RoleSchema),
})
export type ActorView = Static<typeof ActorView>

export const Me = Type.Object({
  actor: ActorView,
  trustedLoopback: Type.Boolean({ description: 'the caller needed no key' }),
  approvalPolicy: Type.Enum(['solo', 'four-eyes'], {
    description: 'four-eyes as soon as two persons may approve: then nobody approves a run of their own',
  }),
  nReviewers: Type.Integer({ description: 'persons who may approve' }),
})
export type Me = Static<typeof Me>

export const ActorList = Type.Object({
  items: Type.Array(
    Type.Object({
      ...ActorView.properties,
      createdAt: Type.String({ description: 'ISO-8601, UTC' }),
      disabledAt: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})
export type ActorList = Static<typeof ActorList>

export const NewActor = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    kind: Type.Optional(Type.Enum(['person', 'service', 'agent'], { description: 'person, if left out' })),
    roles: Type.Array(RoleSchema, { minItems: 1, maxItems: roleNames.length }),
  },
  { additionalProperties: false },
)
export type NewActor = Static<typeof NewActor>

export const CreatedActor = Type.Object({
  actor: ActorView,
  key: Type.String({ description: 'shown this once; send it as "Authorization: Bearer KEY"' }),
})
export type CreatedActor = Static<typeof CreatedActor>

export const NewKey = Type.Object({
  key: Type.String({ description: 'shown this once' }),
  prefix: Type.String({ description: 'its beginning, by which lists and events name it' }),
})
export type NewKey = Static<typeof NewKey>
