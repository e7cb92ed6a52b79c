import { identifier, literal, numberText } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'

/** What marks a row as the subject's: one of these values in one of these columns. */
export type SubjectMarks = {
  /** columns of subjects or ids; those that the file does not have are passed over */
  columns: string[]
  /** the subject as written, and its pseudonyms */
  values: string[]
}

const VARIABLE = 'assay_subject_values'

/** How many rows of a Parquet file are the subject's. @param directory exists; for what does not fit into memory */
export function countSubjectRows(path: string, marks: SubjectMarks, directory: string): Promise<number> {
  return withFile({ path, marks, directory }, async (session, isSubjects) => {
    const [{ n }] = await session.rows<{ n: number }>(
      `select count(*) filter (where ${isSubjects}) as n from read_parquet(${literal(path)})`,
    )
    return n
  })
}

/** Copies a Parquet file without the subject's rows: the same columns, types and order. @returns rows kept and left out */
export function copyWithoutSubject(
  path: string,
  marks: SubjectMarks,
  to: { path: string; directory: string },
): Promise<{ nKept: number; nLeftOut: number }> {
  return withFile({ path, marks, directory: to.directory }, async (session, isSubjects) => {
    const from = `from read_parquet(${literal(path)})`
    await session.duck.run(
      `copy (select * ${from} where not (${isSubjects})) to ${literal(to.path)} (format parquet, compression zstd)`,
    )
    const [{ n, total }] = await session.rows<{ n: number; total: number }>(
      `select count(*) filter (where ${isSubjects}) as n, count(*) as total ${from}`,
    )
    return { nKept: total - n, nLeftOut: n }
  })
}

type File = { path: string; marks: SubjectMarks; directory: string }

/** The values are bound to a session variable: they stand in no SQL text, and so in no error. */
async function withFile<T>(
  { path, marks, directory }: File,
  work: (session: Session, isSubjects: string) => Promise<T>,
): Promise<T> {
  const variables = { [VARIABLE]: JSON.stringify(marks.values) }
  const session = await openSession({ reads: [path], directory, variables })
  try {
    const found = await session.rows<{ column_name: string; column_type: string }>(
      `select column_name, column_type from (describe select * from read_parquet(${literal(path)}))`,
    )
    const marking = found.filter((column) => marks.columns.includes(column.column_name))
    const values = `from_json(getvariable('${VARIABLE}'), '["VARCHAR"]')`
    const tests = marking.map(
      ({ column_name, column_type }) =>
        `coalesce(list_contains(${values}, ${textOf(column_name, column_type)}), false)`,
    )
    return await work(session, tests.length === 0 ? 'false' : tests.join(' or '))
  } finally {
    session.close()
  }
}

/** A whole number is the text that a person writes, also where the file holds doubles. */
const textOf = (name: string, type: string) =>
  type === 'DOUBLE' || type === 'FLOAT' ? numberText(identifier(name)) : `${identifier(name)}::varchar`
