import type { Command } from 'commander'
import path from 'node:path'

/** A project as flags name it: what `train` and `demo` have in common. */
export type ProjectFlags = {
  data?: string
  target?: string
  positive?: string
  folds?: string
  drop?: string
  time?: string
  group?: string
  protected?: string
  algorithms?: string
}

export function addProjectFlags(command: Command): Command {
  return command
    .option('--data <file>', 'CSV file')
    .option('--target <column>', 'column to be predicted')
    .option('--positive <value>', 'value of the target that the score is the probability of')
    .option('--folds <file>', 'CSV of given folds (columns row, fold), or split:NAME of a dataset version')
    .option('--drop <columns>', 'columns to leave out, separated by commas')
    .option('--time <column>', 'column with the time')
    .option('--group <column>', 'column whose rows belong together')
    .option('--protected <columns>', 'protected attributes for the fairness gates, separated by commas')
    .option('--algorithms <list>', 'algorithms, separated by commas')
}

/** The flags as the body of `POST /pipeline/start`; paths are made absolute, for the server may stand elsewhere. */
export function startRequestOf(flags: ProjectFlags, cwd: string): Record<string, unknown> {
  const { data, target, positive, folds, time, group } = flags
  const configOverrides = {
    positive,
    time,
    group,
    folds: folds?.startsWith('split:') ? folds : folds && path.resolve(cwd, folds),
    drop: list(flags.drop),
    protected: list(flags.protected),
    training: flags.algorithms && { algorithms: list(flags.algorithms) },
  }
  return { data: data && path.resolve(cwd, data), target, configOverrides: withoutUndefined(configOverrides) }
}

function list(text: string | undefined): string[] | undefined {
  return text?.split(',').map((entry) => entry.trim())
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined))
}
