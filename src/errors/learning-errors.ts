import type { ErrorKind } from './kind.ts'

/** The part of the registry that is thrown by `learn` and `explain`; the rules are those of `registry.ts`. */
export const learningErrors = {
  // tables, training, models
  TABLE_NO_FEATURES: { kind: 'invalid', text: 'The table has no feature columns; a model needs at least one.' },
  TABLE_NO_ROWS: { kind: 'invalid', text: 'The table has no rows; a model needs rows of both classes.' },
  TABLE_TOO_LARGE: {
    kind: 'too-large',
    text: 'A table of {nRows} rows and {nColumns} columns does not fit: the limit is {limit}.',
  },
  TABLE_COLUMN_REPEATED: { kind: 'invalid', text: 'The table has the column {column} more than once.' },
  TABLE_LENGTHS_DIFFER: { kind: 'invalid', text: 'Column {column} has {given} values in a table of {nRows} rows.' },
  TABLE_CODE_INVALID: {
    kind: 'invalid',
    text: 'Column {column} has the code {given} in row {row}; wanted -1 (missing) or a code below its {nLevels} levels.',
  },
  ROW_UNKNOWN: { kind: 'invalid', text: 'The row named in place {place} is {row}; the table has rows 0 to {last}.' },
  BINNED_UNSUPPORTED: { kind: 'invalid', text: 'The algorithm {algorithm} takes no binned table; give it the table.' },
  LABELS_LENGTH_DIFFERS: { kind: 'invalid', text: 'There are {given} labels for {nRows} rows.' },
  LABEL_INVALID: { kind: 'invalid', text: 'The label of row {row} is {given}; wanted 0 or 1.' },
  LABELS_ONE_CLASS: {
    kind: 'invalid',
    text: 'All {nRows} rows have the label {label}; a classifier learns from rows of both classes.',
  },
  CLASSES_INVALID: {
    kind: 'invalid',
    text: 'These classes cannot be told apart: {reason}. Wanted from 2 to {most} different classes, and rows of each.',
  },
  TARGETS_INVALID: { kind: 'invalid', text: 'These targets cannot be learned: {reason}. Wanted {wanted}.' },
  OPTION_INVALID: { kind: 'invalid', text: 'Option {option} is {given}; allowed: {allowed}.' },
  OPTION_UNKNOWN: { kind: 'invalid', text: 'There is no option {option}; known: {known}.' },
  ALGORITHM_UNKNOWN: { kind: 'invalid', text: 'There is no algorithm {given}; known: {known}.' },
  SHARE_INVALID: { kind: 'invalid', text: 'A share of {share} cannot be split off; wanted: {allowed}.' },
  SPLIT_CLASS_TOO_SMALL: {
    kind: 'invalid',
    text: 'Class {label} has {nRows} rows; this split needs at least {wanted}.',
  },
  SPLIT_GROUPS_TOO_FEW: {
    kind: 'invalid',
    text: 'Class {label} stands in {nGroups} groups; this split by groups needs at least {wanted}.',
  },
  SPLIT_TIME_MISSING: {
    kind: 'invalid',
    text: '{nMissing} of {nRows} rows have no time; a split by time needs one for every row.',
  },
  SPLIT_TIMES_TOO_FEW: {
    kind: 'invalid',
    text: 'The rows cannot be split by time: {reason}. Wanted are rows before and after each cut.',
  },
  SPLIT_FOLDS_INVALID: { kind: 'invalid', text: 'The folds cannot be used: {given}; wanted {wanted}.' },
  WEIGHTS_INVALID: {
    kind: 'invalid',
    text: 'These weights cannot be used: {reason}. Wanted a finite number of at least 0 for each row.',
  },
  TRAINING_CANCELLED: { kind: 'cancelled', text: 'Training was cancelled.' },
  FEATURE_UNKNOWN: { kind: 'invalid', text: 'The model has no feature {feature}; its features are {known}.' },
  CLASS_UNKNOWN: { kind: 'invalid', text: 'The class to be explained is not clear: {reason}. Wanted {wanted}.' },
  EXPLANATION_CANCELLED: { kind: 'cancelled', text: 'The explanation was cancelled.' },
  EXPLANATION_UNSUPPORTED: { kind: 'unsupported', text: 'A model of algorithm {algorithm} cannot be explained.' },
  BACKGROUND_MISSING: {
    kind: 'invalid',
    text: 'Explaining {algorithm} needs background rows, or what was kept of them; none were given.',
  },
  BACKGROUND_MEANS_INVALID: {
    kind: 'invalid',
    text: 'A background of {given} means was given; wanted a finite number for each of the {wanted} columns of the model.',
  },
  EXPLANATION_INEXACT: {
    kind: 'internal',
    text: 'The contributions to row {row} sum to {sum}, not to its raw score {raw}.',
  },
  EXPLANATION_TOO_LARGE: {
    kind: 'too-large',
    text: 'The explanation needs {given} of memory at once; the limit is {limit}.',
  },
  BACKGROUND_EMPTY: { kind: 'invalid', text: 'The background table has no rows; at least one is wanted.' },
  INTERACTIONS_WITH_BACKGROUND: {
    kind: 'invalid',
    text: 'Interactions follow the paths of trees; they take no background.',
  },
  MODEL_COLUMN_MISSING: { kind: 'invalid', text: 'The model needs the column {column} ({kind}); given: {given}.' },
  MODEL_COLUMN_KIND: { kind: 'invalid', text: 'Column {column} is a {given}; the model wants a {wanted}.' },
  MODEL_VALUE_INVALID: { kind: 'invalid', text: 'Column {column} is {given}; the model wants {wanted}.' },
  MODEL_BYTES_INVALID: { kind: 'invalid', text: 'This is not a usable model: found {found}, expected {expected}.' },
  // metrics
  METRIC_LENGTHS_DIFFER: {
    kind: 'invalid',
    text: '{nLabels} labels and {nScores} scores were given; wanted one score a label.',
  },
  METRIC_LABEL_INVALID: { kind: 'invalid', text: 'Label {given} in row {row}; wanted 0 or 1.' },
  METRIC_SCORE_INVALID: { kind: 'invalid', text: 'Score {given} in row {row}; wanted {wanted}.' },
  METRIC_TARGET_INVALID: { kind: 'invalid', text: 'Target {given} in row {row}; wanted {wanted}.' },
  METRIC_CLASS_INVALID: {
    kind: 'invalid',
    text: 'Class {given} in row {row}; wanted one of {nClasses}, counted from 0.',
  },
  METRIC_NO_ROWS: { kind: 'invalid', text: 'There are no rows to find {wanted} on; wanted at least one.' },
  COSTS_INVALID: {
    kind: 'invalid',
    text: 'These costs cannot be used: {reason}. Wanted four finite numbers, and a wrong decision that costs more than the right one.',
  },
} as const satisfies Record<string, { kind: ErrorKind; text: string }>
