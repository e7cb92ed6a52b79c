import {
  dependencePicture,
  importancePicture,
  partialDependencePicture,
  shapBarPicture,
  shapSummaryPicture,
  waterfallPicture,
} from '../../pictures/index.ts'
import type { GlobalExplanation, PredictionExplanation } from '../../workflows/index.ts'
import { htmlReport } from '../html-report.ts'
import { describeDependence, type FeatureExplanation } from './describe-dependence.ts'
import { describeModel } from './describe-model.ts'
import { describePrediction } from './describe-prediction.ts'

/** How a version decides, as one HTML file. */
export function modelReport(explanation: GlobalExplanation, top: number): string {
  const { model, version, unit, features, dependence, importance } = explanation
  const rows = importance.map((row) => ({ ...row, mean: row.mean ?? 0, lower: row.lower ?? 0, upper: row.upper ?? 0 }))
  return htmlReport({
    title: `How ${model} ${version} decides`,
    text: describeModel(explanation, top),
    pictures: [
      shapSummaryPicture({ unit, features, mostFeatures: top }),
      shapBarPicture({ unit, features, mostFeatures: top }),
      importancePicture({ rows }),
      ...dependence.map((of) => partialDependencePicture(of)),
    ],
  })
}

/** How a version's score follows one feature, as one HTML file. */
export function featureReport(explanation: GlobalExplanation, found: FeatureExplanation): string {
  const { model, version, unit } = explanation
  return htmlReport({
    title: `${found.feature.name} in ${model} ${version}`,
    text: describeDependence(explanation, found),
    pictures: [partialDependencePicture(found.dependence), dependencePicture({ unit, feature: found.feature })],
  })
}

/** Why one prediction came out as it did, as one HTML file. */
export function predictionReport(explanation: PredictionExplanation, top: number): string {
  const { predictionId, unit, baseValue, raw, score } = explanation
  const contributions = explanation.contributions.map(({ feature, ...rest }) => ({ name: feature, ...rest }))
  return htmlReport({
    title: `Prediction ${predictionId}`,
    text: describePrediction(explanation, top),
    pictures: [waterfallPicture({ unit, baseValue, raw, score, contributions, mostFeatures: top })],
  })
}
