import { Type, type Static } from 'typebox'
import { algorithmNames, algorithms, calibrationKinds, type AlgorithmName } from '../../learn/index.ts'

const closed = { additionalProperties: false }

/** How a project's model is trained and chosen. */
export const TrainingSettings = Type.Object(
  {
    algorithms: Type.Array(Type.Enum(algorithmNames), {
      minItems: 1,
      uniqueItems: true,
      default: ['random_forest', 'logistic_regression', 'gradient_boosting'],
      description: 'each is cross-validated; the best becomes the model',
    }),
    options: Type.Partial(
      Type.Object(
        Object.fromEntries(algorithmNames.map((name) => [name, Type.Record(Type.String(), Type.Unknown())])) as Record<
          AlgorithmName,
          ReturnType<typeof Type.Record<ReturnType<typeof Type.String>, ReturnType<typeof Type.Unknown>>>
        >,
        closed,
      ),
      { default: {}, description: 'options by algorithm, where they differ from its defaults' },
    ),
    selectBy: Type.Enum(['rocAuc', 'prAuc', 'logLoss'], {
      default: 'rocAuc',
      description: 'metric over the folds that the best algorithm is chosen by',
    }),
    calibration: Type.Enum(['none', ...calibrationKinds], {
      default: 'none',
      description:
        'makes scores probabilities, learned from out-of-fold scores; platt keeps their order, isotonic needs thousands of rows',
    }),
    split: Type.Enum(['random', 'time'], {
      default: 'random',
      description:
        'time: hold-out and folds are tested on what came later; random keeps groups together where there is a group',
    }),
    nFolds: Type.Integer({ minimum: 2, maximum: 20, default: 5 }),
    testShare: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 0.9, default: 0.2 }),
    quickShare: Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 0.1 }),
    seed: Type.Integer({ minimum: 0, default: 42 }),
  },
  { ...closed, default: {} },
)
export type TrainingSettings = Static<typeof TrainingSettings>

/** What is wrong with the options of the algorithms, one text each; empty when nothing is. */
export function trainingFaults({ options, algorithms: chosen }: TrainingSettings): string[] {
  const names = Object.keys(options) as AlgorithmName[]
  const unused = names.filter((name) => !chosen.includes(name))
  const threaded = names.filter((name) => 'nThreads' in options[name]!)
  return [
    ...unused.map((name) => `/training/options/${name} is for an algorithm that /training/algorithms does not list`),
    ...threaded.map((name) => `/training/options/${name}/nThreads is the server's setting (threads), not a project's`),
    ...names.flatMap((name) => {
      try {
        algorithms[name].resolveOptions(options[name]!)
        return []
      } catch (error) {
        return [`/training/options/${name}: ${(error as Error).message}`]
      }
    }),
  ]
}

/** The options an algorithm is trained with: the project's, with its seed and the threads where the algorithm takes them. */
export function trainingOptions(
  { options, seed }: TrainingSettings,
  algorithm: AlgorithmName,
  nThreads: number,
): Record<string, unknown> {
  const defaults = algorithms[algorithm].resolveOptions({})
  return {
    ...('seed' in defaults && { seed }),
    ...options[algorithm],
    ...('nThreads' in defaults && { nThreads }),
  }
}
