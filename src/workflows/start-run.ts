import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { withTransaction, type Db, type Engine } from '../platform/index.ts'
import { snapshot, startRun, type PipelineDefinition, type RunCommit } from '../pipelines/index.ts'
import { ofProject } from './claims-pipeline/definition.ts'
import type { ResolvedProject } from './project/project.ts'

const run = promisify(execFile)

/** What any run is started with. */
export type PipelineRunRequest = {
  definition: PipelineDefinition
  project: string
  configuration: Record<string, unknown>
  /** registered model that the run makes; empty when it makes none */
  model: string
  actor: string
  trigger: string
  commit: RunCommit | null
  /** start no step of a later group */
  untilGroup?: string | null
}

/** Starts a run of any pipeline. @returns its id, ordered by time */
export async function startPipelineRun(
  { db, engine }: { db: Db; engine: Engine },
  { definition, untilGroup = null, ...request }: PipelineRunRequest,
): Promise<string> {
  const id = runId(new Date())
  await withTransaction(db, (tx) =>
    startRun(tx, engine, { id, pipeline: definition.name, definition: snapshot(definition), untilGroup, ...request }),
  )
  return id
}

export type RunRequest = {
  project: ResolvedProject
  actor: string
  trigger: 'commit' | 'api' | 'first-start'
  commit?: { message: string; author?: string; sha?: string; files?: string[] }
  /** end after CI; `continue` goes on with CD */
  ciOnly?: boolean
}

/** Starts the claims pipeline on a project. @returns id of the run */
export async function startClaimsRun(
  deps: { db: Db; engine: Engine; definition: PipelineDefinition },
  request: RunRequest,
): Promise<string> {
  const { project, actor, trigger, ciOnly } = request
  const definition = ofProject(deps.definition, project)
  return startPipelineRun(deps, {
    definition,
    project: project.name,
    configuration: project,
    model: project.model,
    trigger,
    actor,
    commit: await commitOf(request),
    untilGroup: ciOnly ? definition.groups[0] : null,
  })
}

let lastTime = 0

/** `run-` and a time in base 36 that never repeats within a process, then four random digits. Sorts by time. */
function runId(now: Date): string {
  lastTime = Math.max(lastTime + 1, now.getTime())
  const random = Math.floor(Math.random() * 36 ** 4)
  return `run-${lastTime.toString(36).padStart(9, '0')}${random.toString(36).padStart(4, '0')}`
}

/** The commit as given; else the head of the repository Assay is started in; else one made from the configuration itself. */
async function commitOf({ commit, project, actor }: RunRequest): Promise<RunCommit> {
  if (commit) {
    const sha = commit.sha ?? digest({ commit, project, at: Date.now() })
    return { sha, message: commit.message, author: commit.author ?? actor, files: commit.files ?? [] }
  }
  try {
    const head = await run('git', ['log', '-1', '--name-only', '--format=%H%n%an%n%s'], { timeout: 2_000 })
    const [sha, author, message, ...files] = head.stdout.trim().split('\n')
    return { sha, author, message, files: files.filter((file) => file !== '') }
  } catch {
    return { sha: digest(project), message: `Configuration of ${project.name}`, author: actor, files: [] }
  }
}

const digest = (value: unknown) => createHash('sha1').update(JSON.stringify(value)).digest('hex')
