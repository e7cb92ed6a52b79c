import type { TrapCode } from './trap.ts'

const ways: Record<TrapCode, string> = {
  AFTER_DECISION: 'Leave the column out, or correct its decisionTime in the contract if it is known in time.',
  TARGET_COPY: 'Leave the column out: it is the answer, not a reason for it.',
  TARGET_LEAK:
    'Find out when the column is filled in. If that is after the decision, set decisionTime: false; if it is the target in other words, ignore it.',
  TARGET_LEAK_SUSPECT:
    'Ask whoever fills in the column whether its value is known at the decision; if it is, waive this with the reason.',
  MISSINGNESS_TELLS_TARGET:
    'Find out when the column is filled in. A field that is only filled in once the outcome is known must not be a feature.',
  IDENTIFIER: 'Give the column the role id or ignore; a model can only learn such values by heart.',
  ID_ORDERED: 'Give the column the role id or ignore; if time matters, use a time column and split by time.',
  DUPLICATE_ROWS: 'Remove the copies, or give rows of one case a group and split by it.',
  DUPLICATES_ACROSS_FOLDS: 'Remove the copies before splitting, or split by group so that copies stay on one side.',
  OVERSAMPLED:
    'Go back to the rows before they were multiplied; weigh the classes while training, inside each fold, if they must be evened out.',
  GROUPS_SPAN_FOLDS: 'Split by group (groupKFold), so that a test holds strangers only.',
  GROUPS_UNDECLARED:
    'If the column names a person or a thing, declare it as the group and split by it; otherwise waive this.',
  LABELS_IMMATURE:
    'Leave out rows younger than an outcome takes to become known, or give the column that says when it was.',
  TARGET_CONSTANT_IN_PERIOD: 'Find out what changed in how outcomes are collected, and train on the time after it.',
  TIME_SPLIT:
    'Judge and choose the model by the split in time; expect that figure in production, and retrain as often as it falls.',
}

/** The way out of a trap, with the place that tells more. */
export function adviceFor(code: TrapCode): string {
  return `${ways[code]} See docs/traps.md#${code.toLowerCase()}.`
}
