import type { SourceSpec } from '../../../api/data-types.ts'
import { datasetNameOf } from './dataset-name.ts'

/** What the forms of all kinds ask for, as text. */
export type SourceFields = {
  path: string
  urlEnv: string
  query: string
  url: string
  items: string
  authorizationEnv: string
}

export const emptyFields: SourceFields = { path: '', urlEnv: '', query: '', url: '', items: '', authorizationEnv: '' }

/** The source that was filled in; null while something that it needs is missing. */
export function sourceOf(kind: 'path' | 'postgres' | 'http', fields: SourceFields): SourceSpec | null {
  const trimmed = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, text.trim()])) as SourceFields
  const { path, urlEnv, query, url, items, authorizationEnv } = trimmed
  if (kind === 'path') return path === '' ? null : { kind: fileKind(path), path }
  if (kind === 'postgres') return urlEnv === '' || query === '' ? null : { kind, urlEnv, query }
  if (!/^https?:\/\/\S+$/.test(url)) return null
  return {
    kind,
    url,
    ...(items === '' ? {} : { items }),
    ...(authorizationEnv === '' ? {} : { headersEnv: { authorization: authorizationEnv } }),
  }
}

function fileKind(path: string): 'csv' | 'parquet' | 'jsonl' {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (name.endsWith('.parquet')) return 'parquet'
  return /\.(jsonl|ndjson|json)$/.test(name) ? 'jsonl' : 'csv'
}

/** A name to propose for what a source holds. */
export function proposedName(source: SourceSpec | null): string {
  if (source === null) return ''
  if ('path' in source) return datasetNameOf(source.path)
  if (source.kind === 'postgres') return datasetNameOf(/\bfrom\s+"?([\w.]+)/i.exec(source.query)?.[1] ?? 'query')
  return datasetNameOf(new URL(source.url).pathname.split('/').findLast((part) => part !== '') ?? 'http')
}
