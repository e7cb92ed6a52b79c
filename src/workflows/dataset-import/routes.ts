import type { UploadStore } from '../../data/index.ts'
import { actorOf, authorise, type App } from '../../access/index.ts'
import type { PipelineDefinition } from '../../pipelines/index.ts'
import type { Config, Db, Engine } from '../../platform/index.ts'
import { StartAnswer } from '../schemas.ts'
import { startPipelineRun } from '../start-run.ts'
import { withContract } from './contract-of-import.ts'
import { ImportRequest } from './schemas.ts'
import { settingsOfRequest } from './settings-of-request.ts'
import { sourceTestRoute } from './source-test-route.ts'

export type ImportRouteDeps = {
  db: Db
  engine: Engine
  definition: PipelineDefinition
  config: Pick<Config, 'dataRoots'>
  uploads: Pick<UploadStore, 'get' | 'path'>
}

/** Bringing data in: a look at the source, and a run of the pipeline `import`, watched like any other. */
export function importRoutes(app: App, deps: ImportRouteDeps): void {
  sourceTestRoute(app, deps.config)
  app.post(
    '/data/imports',
    {
      schema: {
        tags: ['data'],
        summary: 'Make a dataset version of a source',
        body: ImportRequest,
        response: { 201: StartAnswer },
      },
      preHandler: authorise('pipeline.run'),
    },
    async (request, reply) => {
      const { uploadId } = request.body
      const upload = uploadId && {
        path: await deps.uploads.path(uploadId),
        name: (await deps.uploads.get(uploadId)).name,
      }
      const asked = settingsOfRequest(request.body, upload || undefined)
      const settings = await withContract(deps.db, request.body, asked)
      const runId = await startPipelineRun(deps, {
        definition: deps.definition,
        project: settings.name,
        configuration: settings,
        model: '',
        actor: actorOf(request).id,
        trigger: 'api',
        commit: null,
      })
      return reply.code(201).send({ runId })
    },
  )
}
