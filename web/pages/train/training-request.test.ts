import { describe, expect, it } from 'vitest'
import { formFaults, trainingRequest, usualForm, type TrainingForm } from './training-request.ts'

const id = 'a'.repeat(64)
const form = (part: Partial<TrainingForm> = {}): TrainingForm => ({
  ...usualForm,
  model: 'fraud',
  target: 'y',
  ...part,
})

describe('trainingRequest', () => {
  it('leaves out what is as usual', () => {
    expect(trainingRequest(id, form({ algorithms: ['random_forest'] }))).toEqual({
      data: { kind: 'dataset', id },
      target: 'y',
      configOverrides: { name: 'fraud', model: 'fraud', training: { algorithms: ['random_forest'] } },
    })
  })

  it('takes over everything that was set', () => {
    const request = trainingRequest(
      id,
      form({
        positive: 'yes',
        algorithms: ['gradient_boosting'],
        options: { gradient_boosting: { nTrees: 300, learningRate: 0.1 }, random_forest: { nTrees: 1 } },
        monotone: { billed: 'increasing' },
        split: 'time',
        time: 'at',
        group: 'policy',
        nFolds: 3,
        testShare: 0.3,
        selectBy: 'prAuc',
        calibration: 'platt',
        protectedColumns: ['sex'],
        drop: ['note'],
        costs: { falsePositive: 50, falseNegative: 900 },
        seed: 7,
      }),
    )
    expect(request.configOverrides).toEqual({
      name: 'fraud',
      model: 'fraud',
      positive: 'yes',
      group: 'policy',
      time: 'at',
      protected: ['sex'],
      drop: ['note'],
      training: {
        algorithms: ['gradient_boosting'],
        options: { gradient_boosting: { nTrees: 300, monotone: { billed: 'increasing' } } },
        split: 'time',
        nFolds: 3,
        testShare: 0.3,
        selectBy: 'prAuc',
        calibration: 'platt',
        seed: 7,
      },
      decision: { threshold: 'lowest-cost', costs: { falsePositive: 50, falseNegative: 900 } },
    })
  })
})

it('tells directions to the algorithms that take them, and to no others', () => {
  const monotone = { billed: 'increasing', age: 'decreasing' } as const
  const optionsOf = (algorithms: string[]) =>
    (trainingRequest(id, form({ algorithms, monotone })).configOverrides.training as { options?: object }).options
  expect(optionsOf(['random_forest', 'gradient_boosting'])).toEqual({ gradient_boosting: { monotone } })
  expect(optionsOf(['random_forest'])).toBeUndefined()
})

describe('formFaults', () => {
  it('is empty for a form that can be sent', () => expect(formFaults(form())).toEqual([]))

  it('does not mind directions that no chosen algorithm takes', () => {
    const monotone = { y: 'increasing' as const }
    expect(formFaults(form({ algorithms: ['random_forest'], monotone }))).toEqual([])
  })

  it.each([
    [{ target: '' }, 'Choose the column'],
    [{ model: 'a b' }, 'Name the model'],
    [{ algorithms: [] }, 'at least one algorithm'],
    [{ split: 'time' as const }, 'needs the column'],
    [{ drop: ['y'] }, 'cannot be left out'],
    [{ protectedColumns: ['y'] }, 'cannot be protected'],
    [{ monotone: { billed: 'increasing' as const }, drop: ['billed'] }, 'does not learn from billed'],
    [{ monotone: { y: 'increasing' as const } }, 'does not learn from y'],
    [{ monotone: { at: 'decreasing' as const }, time: 'at' }, 'does not learn from at'],
    [{ costs: { falsePositive: 0, falseNegative: 0 } }, 'has to cost something'],
  ])('says what is wrong with %o', (part, words) => {
    expect(formFaults(form(part))).toEqual([expect.stringContaining(words)])
  })
})
