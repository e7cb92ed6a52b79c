import type { LogLine } from '../../api/types.ts'

export type FoldScore = { algorithm: string; fold: number; nFolds: number; value: number }

const pattern = /^(\w+), fold (\d+) of (\d+): ROC-AUC ([\d.]+)$/

/** The scores of folds that a training has told in its log so far; told again, the last word counts. */
export function foldScoresOf(lines: Pick<LogLine, 'text'>[]): FoldScore[] {
  const found = new Map<string, FoldScore>()
  for (const { text } of lines) {
    const match = pattern.exec(text)
    if (match === null) continue
    const [, algorithm, fold, nFolds, value] = match
    found.set(`${algorithm} ${fold}`, {
      algorithm,
      fold: Number(fold),
      nFolds: Number(nFolds),
      value: Number(value),
    })
  }
  return [...found.values()]
}
