/** The longest name a dataset may have. */
export const longestName = 50

/** A dataset's name made of a file's: `Claims 2026 (final).csv.gz` -> `Claims-2026-final`. */
export function datasetNameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1)!
  const stem = base.replace(/\.(csv|tsv|txt|parquet|jsonl|ndjson|json)?(\.gz|\.zst)?$/i, '')
  const name = stem
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longestName)
  return name === '' ? 'data' : name
}

/** What is wrong with a name, or null. */
export function nameFault(name: string): string | null {
  if (name.trim() === '') return 'Give the dataset a name'
  if (!/^[a-zA-Z0-9_-]+$/.test(name)) return 'Letters, digits, - and _ only'
  return name.length > longestName ? `At most ${longestName} characters` : null
}
