import type { ForestKind } from './grow-forest.ts'
import {
  resolveExtraTreesOptions,
  resolveForestOptions,
  type ExtraTreesOptions,
  type ForestOptions,
} from './options.ts'

/** The kinds of forests, by the names of their algorithms: their options, and how their trees differ from one another. */
export const forestKinds = {
  random_forest: {
    resolveOptions: resolveForestOptions,
    kindOf: (_: Partial<ExtraTreesOptions>): ForestKind => ({ bootstrap: true, randomThresholds: false }),
  },
  extra_trees: {
    resolveOptions: resolveExtraTreesOptions,
    kindOf: ({ bootstrap = false }: Partial<ExtraTreesOptions>): ForestKind => ({ bootstrap, randomThresholds: true }),
  },
} as const

export type ForestName = keyof typeof forestKinds

/** The options that a kind of forest takes. */
export type OptionsOfForest<Name extends ForestName> = Name extends 'extra_trees' ? ExtraTreesOptions : ForestOptions
