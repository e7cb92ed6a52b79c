import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import type { ArtifactStore, Db } from '../platform/index.ts'
import { contractRoutes, type ContractRouteDeps } from './contract/routes.ts'
import { readQuarantinePage } from './quarantine/quarantine-page.ts'
import * as schemas from './schemas.ts'
import { listSplits, type StoredSplit } from './splits/split-store.ts'
import { getDatasetEvidence, getDatasetVersion, listDatasetVersions, type DatasetEvidence } from './store.ts'

export type DataRouteDeps = ContractRouteDeps & {
  db: Db
  artifacts: Pick<ArtifactStore, 'get' | 'path'>
  /** the model versions that learned from a dataset version: the registry is a room above */
  modelsOf: (datasetVersion: string) => Promise<schemas.Lineage['models']>
  /** compares two versions, in a process of its own; without it there is no such route */
  diff?: (a: string, b: string) => Promise<schemas.DatasetDiff>
  /** divides a version and keeps the split, in a process of its own; without it there is no such route */
  split?: (id: string, request: schemas.SplitRequest) => Promise<StoredSplit>
  /** starts the run that makes a new version of the corrections; without it there is no such route */
  startCorrections?: (id: string, corrections: schemas.Corrections, actor: string) => Promise<{ runId: string }>
}

const tags = ['data']
const closed = { additionalProperties: false }
const Id = Type.Object({ id: Type.String() })
const preHandler = authorise('view')
const items = <Schema extends Type.TSchema>(schema: Schema) => Type.Object({ items: Type.Array(schema) })

/** Dataset versions, what is known of them and what was kept out of them; contracts. */
export function dataRoutes(app: App, deps: DataRouteDeps): void {
  const { db } = deps
  app.get(
    '/datasets',
    {
      schema: {
        tags,
        summary: 'Dataset versions, newest first',
        querystring: Type.Object(
          {
            name: Type.Optional(Type.String({ minLength: 1 })),
            limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          },
          closed,
        ),
        response: { 200: items(schemas.DatasetVersion) },
      },
      preHandler,
    },
    async ({ query }) => ({ items: await listDatasetVersions(db, query) }),
  )
  app.get(
    '/datasets/:id',
    {
      schema: { tags, summary: 'A dataset version', params: Id, response: { 200: schemas.DatasetVersion } },
      preHandler,
    },
    ({ params }) => getDatasetVersion(db, params.id),
  )
  fileRoutes(app, deps)
  quarantineRoute(app, deps)
  lineageRoutes(app, deps)
  if (deps.diff) diffRoute(app, deps.diff)
  if (deps.split) splitRoute(app, deps.split)
  if (deps.startCorrections) correctionRoute(app, deps.startCorrections)
  contractRoutes(app, deps)
}

/** What lies in a file of the version, as JSON. */
function fileRoutes(app: App, { db, artifacts }: DataRouteDeps): void {
  const read = async (id: string, file: keyof DatasetEvidence, what: string) => {
    const digest = (await getDatasetEvidence(db, id))[file]
    if (typeof digest !== 'string') throw new AssayError('NOT_FOUND', { what, id })
    return JSON.parse(new TextDecoder().decode(await artifacts.get(digest)))
  }
  app.get(
    '/datasets/:id/profile',
    {
      schema: { tags, summary: 'Figures of each column', params: Id, response: { 200: schemas.DatasetProfile } },
      preHandler,
    },
    ({ params }) => read(params.id, 'profileArtifact', 'Profile of dataset version'),
  )
  app.get(
    '/datasets/:id/violations',
    {
      schema: {
        tags,
        summary: 'Rules of the contract that the source broke',
        params: Id,
        response: { 200: items(schemas.Violation) },
      },
      preHandler,
    },
    async ({ params }) => ({
      items: (await read(params.id, 'findingsArtifact', 'Findings of dataset version')).violations,
    }),
  )
  app.get(
    '/datasets/:id/warnings',
    {
      schema: {
        tags,
        summary: 'What to know before training',
        params: Id,
        response: { 200: items(schemas.DatasetWarning) },
      },
      preHandler,
    },
    async ({ params }) => ({
      items: (await read(params.id, 'findingsArtifact', 'Findings of dataset version')).warnings,
    }),
  )
}

function quarantineRoute(app: App, { db, artifacts }: DataRouteDeps): void {
  app.get(
    '/datasets/:id/quarantine',
    {
      schema: {
        tags,
        summary: 'Rows that broke the contract, with the reasons',
        params: Id,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ description: 'nextCursor of the page before' })),
            limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }),
            reason: Type.Optional(Type.String({ description: 'a code, or code and column: RANGE_BREACH:amount' })),
          },
          closed,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(schemas.QuarantinedRow),
            nextCursor: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
      preHandler,
    },
    async ({ params, query }) => {
      const { quarantineArtifact } = await getDatasetEvidence(db, params.id)
      if (quarantineArtifact === null) return { items: [], nextCursor: null }
      return readQuarantinePage(artifacts.path(quarantineArtifact), query)
    },
  )
}

function lineageRoutes(app: App, { db, modelsOf }: DataRouteDeps): void {
  app.get(
    '/datasets/:id/lineage',
    {
      schema: {
        tags,
        summary: 'Where a version came from and what used it',
        params: Id,
        response: { 200: schemas.Lineage },
      },
      preHandler,
    },
    async ({ params: { id } }) => {
      const { parent = null, contractVersion } = await getDatasetVersion(db, id)
      const { sourceFacts: source } = await getDatasetEvidence(db, id)
      return { source, parent, contractVersion, models: await modelsOf(id) }
    },
  )
  app.get(
    '/datasets/:id/splits',
    {
      schema: {
        tags,
        summary: 'Named splits of a version',
        params: Id,
        response: { 200: items(schemas.DatasetSplit) },
      },
      preHandler,
    },
    async ({ params: { id } }) => {
      await getDatasetVersion(db, id)
      return { items: await listSplits(db, id) }
    },
  )
}

function diffRoute(app: App, diff: NonNullable<DataRouteDeps['diff']>): void {
  app.get(
    '/datasets/:id/diff/:other',
    {
      schema: {
        tags,
        summary: 'What changed from one version to another',
        params: Type.Object({ id: Type.String(), other: Type.String() }),
        response: { 200: schemas.DatasetDiff },
      },
      preHandler,
    },
    ({ params }) => diff(params.id, params.other),
  )
}

function splitRoute(app: App, split: NonNullable<DataRouteDeps['split']>): void {
  app.post(
    '/datasets/:id/splits',
    {
      schema: {
        tags,
        summary: 'Divide a version by a method, under a name that stands for it from then on',
        params: Id,
        body: schemas.SplitRequest,
        response: { 201: schemas.DatasetSplit },
      },
      preHandler: authorise('pipeline.run'),
    },
    async ({ params, body }, reply) => reply.status(201).send(await split(params.id, body)),
  )
}

function correctionRoute(app: App, start: NonNullable<DataRouteDeps['startCorrections']>): void {
  app.post(
    '/datasets/:id/quarantine/corrections',
    {
      schema: {
        tags,
        summary: 'Corrects or discards rows in quarantine: a run makes a new version of the source with them',
        params: Id,
        body: schemas.Corrections,
        response: { 202: Type.Object({ runId: Type.String() }) },
      },
      preHandler: authorise('pipeline.run'),
    },
    async ({ params, body, actor }, reply) => reply.status(202).send(await start(params.id, body, actor!.id)),
  )
}
