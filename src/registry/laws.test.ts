import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AssayError } from '../errors/index.ts'
import {
  archive,
  championAt,
  getDeployment,
  getModel,
  rollback,
  stageHistory,
  transition,
  type ModelVersion,
  type Stage,
  type StageChange,
} from './index.ts'
import { createRegistryFixture, type RegistryFixture } from './registry.fixture.ts'

let registry: RegistryFixture
beforeAll(async () => {
  registry = await createRegistryFixture()
})
afterAll(() => registry.close())

type Step = { act: 'promote' | 'archive' | 'move'; of: number; to: Exclude<Stage, 'production'> } | { act: 'rollback' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('promote' as const), of: fc.nat(2), to: fc.constant('staging' as const) }),
  },
  { weight: 3, arbitrary: fc.constant({ act: 'rollback' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('archive' as const, 'move' as const),
      of: fc.nat(2),
      to: fc.constantFrom('development' as const, 'staging' as const, 'archived' as const),
    }),
  },
)

let nModels = 0
const run = { actor: 'ada', reason: 'as it comes' }

/** Does the step as people would: a version is staged and approved before it is promoted. */
async function perform(versions: ModelVersion[], step: Step): Promise<void> {
  if (step.act === 'rollback') {
    await registry.inTx((tx) => rollback(tx, { model: versions[0].model, ...run }))
    return
  }
  const { model, version } = versions[step.of]
  if (step.act === 'archive') await registry.inTx((tx) => archive(tx, { model, version, ...run }))
  else await registry.inTx((tx) => transition(tx, { model, version, to: step.to, ...run }))
  if (step.act !== 'promote') return
  const approval = await registry.vote(await registry.ask(versions[step.of], { pipelineRunId: `run ${++nModels}` }))
  await registry.golive({ model, version, approvalId: approval.id })
}

/** The history told from its beginning, in the plainest way: where each version is, and who is champion before whom. */
function retell(history: StageChange[]) {
  const stages = new Map<string, Stage>()
  const champions: string[] = []
  const contradictions: StageChange[] = []
  for (const change of history.toReversed()) {
    const { version, from, to, action } = change
    if ((stages.get(version) ?? null) !== from) contradictions.push(change)
    stages.set(version, to)
    if (to !== 'production') continue
    if (action === 'promote') champions.push(version)
    else champions.pop()
    if (champions.at(-1) !== version) contradictions.push(change)
  }
  return { stages: Object.fromEntries(stages), champions, contradictions }
}

it('whatever is promoted, rolled back, moved and archived: one champion at most, and the history tells the present', async () => {
  let nDone = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const model = `law-${++nModels}`
      const versions: ModelVersion[] = []
      for (let i = 0; i < 3; i++) versions.push(await registry.register({ model }))
      for (const step of steps) {
        try {
          await perform(versions, step)
          nDone++
        } catch (error) {
          if (!(error instanceof AssayError)) throw error
        }
        const { champion, previousChampion, versions: present, variants, history } = await getModel(registry.db, model)
        expect(present.filter(({ stage }) => stage === 'production').map(({ version }) => version)).toEqual(
          champion === null ? [] : [champion],
        )
        const told = retell(history)
        expect(told.contradictions).toEqual([])
        expect(told.stages).toEqual(Object.fromEntries(present.map(({ version, stage }) => [version, stage])))
        expect(told.champions.at(-1) ?? null).toBe(champion)
        expect(told.champions.at(-2) ?? null).toBe(previousChampion)
        expect(variants.find(({ role }) => role === 'champion')?.version ?? null).toBe(champion)
        expect((await championAt(registry.db, model, new Date('2999-01-01')))?.version ?? null).toBe(champion)
      }
      const times = (await stageHistory(registry.db, model)).map(({ at }) => at)
      expect(times).toEqual(times.toSorted().toReversed())
      expect((await getDeployment(registry.db, model)).variants.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 25 },
  )
  expect(nDone).toBeGreaterThan(50)
}, 60_000)
