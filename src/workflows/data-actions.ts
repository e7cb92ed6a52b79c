import { startCorrections, type CorrectionDeps } from './dataset-import/start-corrections.ts'
import { datasetQuestions } from './dataset-questions.ts'
import { splitDataset } from './split-dataset.ts'

/** What the routes of data need of rooms above theirs. */
export function dataActions(
  deps: CorrectionDeps & Parameters<typeof datasetQuestions>[0] & Parameters<typeof splitDataset>[0],
) {
  return { ...datasetQuestions(deps), startCorrections: startCorrections(deps), split: splitDataset(deps) }
}
