import { Type } from 'typebox'
import { authorise, type App } from '../../access/index.ts'
import { DriftSetting } from '../../claims/index.ts'
import { AssayError } from '../../errors/index.ts'
import { DriftReport } from '../../monitoring/index.ts'
import type { LiveStream } from './live-stream.ts'

const tags = ['claims']

export const StreamStatusSchema = Type.Object({
  running: Type.Boolean(),
  rate: Type.Number({ description: 'claims per second' }),
  drift: Type.Union([DriftSetting, Type.Null()]),
  nSent: Type.Integer(),
  startedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})

const StartStream = Type.Object(
  {
    rate: Type.Optional(Type.Number({ minimum: 1, maximum: 5_000 })),
    drift: Type.Optional(Type.Union([DriftSetting, Type.Null()])),
  },
  { additionalProperties: false },
)

/** Starting, changing and stopping the stream of synthetic claims. */
export function liveStreamRoutes(
  app: App,
  {
    stream,
    model,
    drift,
  }: { stream: LiveStream; model: string; drift: (model: string) => Promise<DriftReport | null> },
): void {
  app.get(
    '/claims/drift',
    {
      schema: {
        tags,
        summary: 'Drift of the stream against the champion’s training data',
        response: { 200: DriftReport },
      },
      preHandler: authorise('view'),
    },
    async () => {
      const report = await drift(model)
      if (!report) throw new AssayError('NOT_FOUND', { what: 'Champion of model', id: model })
      return report
    },
  )
  app.get(
    '/claims/stream',
    {
      schema: { tags, summary: 'State of the live stream', response: { 200: StreamStatusSchema } },
      preHandler: authorise('view'),
    },
    async () => stream.status(),
  )
  app.post(
    '/claims/stream/start',
    {
      schema: {
        tags,
        summary: 'Start the stream, or change its rate and drift',
        body: StartStream,
        response: { 200: StreamStatusSchema },
      },
      preHandler: authorise('stream.control'),
    },
    async ({ body }) => stream.start(body),
  )
  app.post(
    '/claims/stream/stop',
    {
      schema: {
        tags,
        summary: 'Stop the stream',
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: StreamStatusSchema },
      },
      preHandler: authorise('stream.control'),
    },
    async () => stream.stop(),
  )
}
