/** One room: a folder of `src/` that answers one question. */
export type Room = {
  floor: number
  /** What the room is for, in a few words; drawn into ARCHITECTURE.md. */
  holds: string
  /** Rooms of the same floor that it may import. */
  sameFloor?: string[]
  /** Further faces beside `index.ts`, for processes that must not load the whole room. */
  sideDoors?: string[]
  /** The UI imports its code, through its `index.ts`; of any other room it imports types only. */
  isForWeb?: boolean
  /** Imports no npm package, and of Node only the modules named here. */
  pure?: { node: string[] }
}

export type House = {
  rooms: Record<string, Room>
  /** The one file above all rooms. */
  roof: string
  /** Fewer parsed files than this means that the check looked at nothing. */
  minimumFiles: number
}

const pure = { node: [] }

/** Who may import whom. The check (`npm run layers`) reads it and the picture in ARCHITECTURE.md is drawn from it. */
export const house: House = {
  roof: 'main.ts',
  minimumFiles: 150,
  rooms: {
    kernels: { floor: 0, holds: 'typed arrays in, typed arrays out (WebAssembly)', pure: { node: ['node:fs'] } },
    threads: {
      floor: 0,
      holds: 'worker threads: teams that pass them on from job to job, one that stays and answers',
      pure: { node: ['node:module', 'node:os', 'node:v8', 'node:vm', 'node:worker_threads'] },
    },
    errors: { floor: 0, holds: 'the one registry of error codes', pure },
    learn: { floor: 1, holds: 'tables in memory, estimators, metrics, splits', pure },
    explain: { floor: 1, holds: 'importance of features, dependence', sameFloor: ['learn'], pure },
    stats: { floor: 1, holds: 'drift, fairness, intervals', sameFloor: ['learn'], pure },
    pictures: {
      floor: 1,
      holds: 'charts as SVG, for pages and for reports',
      isForWeb: true,
      // Drawing on the server needs a document, and the browser must not load one.
      sideDoors: ['server/index.ts'],
    },
    platform: {
      floor: 1,
      holds: 'configuration, log, database, artifacts, engine, events',
      // A training's child process reads and writes artifacts; the engine would take it longer to load than to work.
      sideDoors: ['artifacts/index.ts'],
    },
    privacy: { floor: 2, holds: 'personal data: detection, policies, keys, subjects' },
    access: { floor: 2, holds: 'actors, keys, roles, the permission table' },
    data: { floor: 3, holds: 'sources, contracts, quality, dataset versions' },
    claims: { floor: 3, holds: 'synthetic claims and their live stream', sameFloor: ['data'] },
    tracking: { floor: 3, holds: 'runs, parameters, metrics' },
    registry: { floor: 3, holds: 'model versions, stages, approvals' },
    gates: { floor: 3, holds: 'rules over plain metrics', pure },
    serving: { floor: 4, holds: 'variants, predictions and their durable log, outcomes' },
    monitoring: { floor: 4, holds: 'drift of what is served', sameFloor: ['serving'] },
    pipelines: { floor: 4, holds: 'definitions, the durable interpreter, the inspector' },
    workflows: { floor: 5, holds: 'the twelve stages of claims CI/CD' },
    http: { floor: 6, holds: 'routes put together, OpenAPI, WebSockets, the UI as files' },
    cli: { floor: 6, holds: 'the commands' },
  },
}
