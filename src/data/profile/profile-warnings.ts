import type { Contract } from '../contract/contract.ts'
import { identifier, literal } from '../sql/literal.ts'
import { openSession } from '../sql/session.ts'
import { SOURCE_ROW } from '../sql/stored-columns.ts'
import type { DatasetWarning } from '../warnings.ts'
import type { ColumnProfile, DatasetProfile } from './profile.ts'

const HIGH_MISSING = 0.3
const RARE_TARGET = 0.02
const MIN_ROWS_TO_COUNT = 20

/**
 * What a modeller should know before training: features that hold one value, are mostly missing or count the rows, and a rare target.
 * @param path the dataset's Parquet file, which the profile is of
 */
export async function warnAboutProfile(
  profile: DatasetProfile,
  contract: Contract,
  { path, directory }: { path: string; directory: string },
): Promise<DatasetWarning[]> {
  const features = profile.columns.filter(({ name }) =>
    contract.columns.some((rule) => rule.name === name && rule.role === 'feature'),
  )
  const warnings = features.flatMap(featureWarning)
  const counting = await countingColumns(features.filter(mayCount), { path, directory })
  for (const column of counting)
    warnings.push({
      code: 'ID_ORDERED',
      column,
      message: `${column} counts the rows: it tells their order, not the case. Leave it out.`,
    })
  return [...warnings, ...targetWarning(profile, contract)]
}

function featureWarning({ name, nRows, nMissing, nDistinct }: ColumnProfile): DatasetWarning[] {
  if (nDistinct + (nMissing > 0 ? 1 : 0) < 2)
    return [{ code: 'CONSTANT_COLUMN', column: name, message: `${name} has the same value in every row.` }]
  if (nMissing <= nRows * HIGH_MISSING) return []
  return [
    { code: 'HIGH_MISSING', column: name, message: `${name} is missing in ${percent(nMissing / nRows)} of the rows.` },
  ]
}

/** Numbers without gaps, of which the first estimate says that each is another one. */
const mayCount = ({ type, nRows, nMissing, nDistinct, isDistinctExact }: ColumnProfile) =>
  (type === 'integer' || type === 'number') &&
  nRows >= MIN_ROWS_TO_COUNT &&
  nMissing === 0 &&
  nDistinct >= (isDistinctExact ? nRows : nRows * 0.9)

/** Those that grow from each row to the next. */
async function countingColumns(
  columns: ColumnProfile[],
  { path, directory }: { path: string; directory: string },
): Promise<string[]> {
  if (columns.length === 0) return []
  const session = await openSession({ reads: [path], directory })
  try {
    const grows = columns.map(({ name }, i) => `bool_and(coalesce(${identifier(name)} > p${i}, true)) as g${i}`)
    const before = columns.map(({ name }, i) => `lag(${identifier(name)}) over (order by ${SOURCE_ROW}) as p${i}`)
    const [answer] = await session.rows<Record<string, boolean>>(
      `select ${grows.join(', ')} from (select *, ${before.join(', ')} from read_parquet(${literal(path)}))`,
    )
    return columns.filter((_, i) => answer[`g${i}`]).map(({ name }) => name)
  } finally {
    session.close()
  }
}

function targetWarning(profile: DatasetProfile, contract: Contract): DatasetWarning[] {
  const target = contract.columns.find(({ role }) => role === 'target')
  const column = profile.columns.find(({ name }) => name === target?.name)
  if (!target || !column || column.topValues.length === 0) return []
  const share = (column.topValues.find(({ value }) => value === target.positive)?.n ?? 0) / column.nRows
  if (share >= RARE_TARGET) return []
  return [
    {
      code: 'TARGET_RARE',
      column: target.name,
      message: `${target.name} is ${target.positive} in ${percent(share)} of the rows only.`,
    },
  ]
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
