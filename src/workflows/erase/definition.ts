import type { PipelineDefinition, StepDefinition } from '../../pipelines/index.ts'
import type { EraseDeps } from './deps.ts'
import { destroyKeys, eraseRooms, findSubject, reportErasure, verifyErasure } from './steps.ts'

const HOUR_MS = 3_600_000

/** A person asks to be forgotten. Each step may be repeated: what is gone already is no error. */
export function erasePipeline(deps: EraseDeps): PipelineDefinition {
  const step = (
    name: string,
    needs: string[],
    rest: Pick<StepDefinition, 'title' | 'description' | 'run'> & { retries?: number },
  ): StepDefinition => ({
    name,
    needs,
    group: 'Erase',
    role: 'operator',
    retries: 2,
    timeoutMs: 4 * HOUR_MS,
    source: new URL('./steps.ts', import.meta.url),
    ...rest,
  })
  return {
    name: 'erase',
    version: 1,
    groups: ['Erase'],
    steps: [
      step('find', [], {
        title: 'Find',
        description: 'Asks every room what it holds of the subject.',
        run: findSubject(deps),
      }),
      step('erase_rooms', ['find'], {
        title: 'Erase',
        description: 'Makes dataset versions without the subject, removes files that mention it, unlinks predictions.',
        run: eraseRooms(deps),
      }),
      step('destroy_keys', ['erase_rooms'], {
        title: 'Destroy keys',
        description: 'Destroys the keys that the subject’s inputs were sealed with; replay answers erased from now on.',
        run: destroyKeys(deps),
      }),
      step('verify', ['destroy_keys'], {
        title: 'Verify',
        // What is left now is left after a second look too; a person has to see why.
        retries: 0,
        description: 'Looks again: nothing may be left, and the chain of events has to be whole.',
        run: verifyErasure(deps),
      }),
      step('report', ['find', 'erase_rooms', 'destroy_keys', 'verify'], {
        title: 'Report',
        description: 'Names the dataset versions and models that had used the subject’s rows, and forgets whom it was.',
        run: reportErasure(deps),
      }),
    ],
  }
}
