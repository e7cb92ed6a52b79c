/** A setting of an algorithm as a person meets it. The defaults are those of `learn`; a test holds them together. */
export type AlgorithmSetting = {
  key: string
  label: string
  /** what it is measured in, and what it does */
  description: string
  default: number
  min: number
  max: number
  isInteger?: boolean
}

export type AlgorithmChoice = {
  name: string
  title: string
  description: string
  settings: AlgorithmSetting[]
  /** it can be told which way the score may go as a number rises */
  takesMonotone?: boolean
}

/** Of random forest and extra trees alike. */
const forestSettings: AlgorithmSetting[] = [
  {
    key: 'nTrees',
    label: 'Trees',
    description: 'number; more cost time, never accuracy',
    default: 200,
    min: 1,
    max: 5_000,
    isInteger: true,
  },
  {
    key: 'minSamplesLeaf',
    label: 'Rows of a leaf',
    description: 'rows at least; more makes it smoother',
    default: 5,
    min: 1,
    max: 100_000,
    isInteger: true,
  },
]

/** The algorithms that can be chosen, with the settings that are worth a person's time. */
export const algorithmChoices: AlgorithmChoice[] = [
  {
    name: 'random_forest',
    title: 'Random forest',
    description: 'Many trees, each on a part of the rows. Little to set, hard to spoil.',
    settings: forestSettings,
  },
  {
    name: 'logistic_regression',
    title: 'Logistic regression',
    description: 'One coefficient for each column and level. Easy to explain and quick.',
    settings: [
      {
        key: 'c',
        label: 'C',
        description: 'inverse strength of the penalty; smaller is stricter',
        default: 1,
        min: 1e-10,
        max: 1e10,
      },
      {
        key: 'l1Ratio',
        label: 'L1 share',
        description: 'of the penalty, 0 to 1; 1 leaves columns out',
        default: 0,
        min: 0,
        max: 1,
      },
      {
        key: 'maxIterations',
        label: 'Iterations',
        description: 'at most',
        default: 500,
        min: 1,
        max: 100_000,
        isInteger: true,
      },
    ],
  },
  {
    name: 'gradient_boosting',
    title: 'Gradient boosting',
    description: 'Trees that mend what those before them got wrong. Often the sharpest.',
    takesMonotone: true,
    settings: [
      { key: 'nTrees', label: 'Trees', description: 'number', default: 100, min: 1, max: 10_000, isInteger: true },
      {
        key: 'learningRate',
        label: 'Learning rate',
        description: 'part of each correction; half of it wants twice the trees',
        default: 0.1,
        min: 1e-6,
        max: 1,
      },
      {
        key: 'maxLeaves',
        label: 'Leaves of a tree',
        description: 'at most',
        default: 31,
        min: 2,
        max: 4_096,
        isInteger: true,
      },
      {
        key: 'minSamplesLeaf',
        label: 'Rows of a leaf',
        description: 'rows at least',
        default: 20,
        min: 1,
        max: 100_000,
        isInteger: true,
      },
    ],
  },
  {
    name: 'extra_trees',
    title: 'Extra trees',
    description:
      'A forest that draws its splits at random, on all rows. Smoother than a random forest where columns are noisy.',
    settings: forestSettings,
  },
]
