import type { DatasetProfile, DatasetWarning } from '../../data/index.ts'
import { histogramPicture, missingnessPicture, topValuesPicture, type Picture } from '../../pictures/index.ts'
import { htmlReport } from '../html-report.ts'
import { describeWarnings } from './describe-findings.ts'
import { describeProfile } from './describe-profile.ts'

/** A profile as one HTML file that stands alone, with a picture for each column. */
export function profileReport(name: string, profile: DatasetProfile, warnings: DatasetWarning[]): string {
  const missing = missingnessPicture({
    columns: profile.columns.map((column) => ({
      name: column.name,
      shareMissing: column.nMissing / Math.max(1, column.nRows),
    })),
  })
  const text = [describeProfile(profile), ...(warnings.length > 0 ? ['', ...describeWarnings(warnings)] : [])]
  return htmlReport({
    title: `Profile of ${name}`,
    text: text.join('\n'),
    pictures: [missing, ...profile.columns.flatMap(pictureOf)],
  })
}

function pictureOf(column: DatasetProfile['columns'][number]): Picture[] {
  const { name, nDistinct } = column
  if (column.histogram.length > 0)
    return [histogramPicture({ name, bins: column.histogram, isDate: column.period !== undefined })]
  if (column.topValues.length === 0) return []
  return [topValuesPicture({ name, values: column.topValues, nRows: column.nRows - column.nMissing, nDistinct })]
}
