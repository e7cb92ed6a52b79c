import { Type, type Static } from 'typebox'

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

export const NewUpload = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'the name of the file, without folders' }),
    sizeBytes: Type.Integer({ minimum: 1 }),
    sha256: Type.Optional(Sha256),
  },
  { additionalProperties: false },
)
export type NewUpload = Static<typeof NewUpload>

export const Upload = Type.Object({
  id: Type.String(),
  name: Type.String(),
  sizeBytes: Type.Integer(),
  offset: Type.Integer({ description: 'bytes that are safe on disk; the next chunk begins here' }),
  chunkBytes: Type.Integer({ description: 'the largest chunk that is taken' }),
  isComplete: Type.Boolean(),
  sha256: Type.Union([Sha256, Type.Null()], {
    description: 'of the whole file once it is complete; before that what was announced',
  }),
  createdAt: Type.String({ format: 'date-time' }),
  expiresAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'when it is thrown away unless more comes; null when it is complete',
  }),
})
export type Upload = Static<typeof Upload>
