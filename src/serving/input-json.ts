import type { InputRow } from './validation.ts'

/**
 * Writes validated rows as canonical JSON: every column of the signature, keys sorted, so that equal inputs have equal text
 * whatever order or spelling of absence they came in. Numbers as JavaScript prints them, which PostgreSQL's jsonb returns to the bit.
 */
export function createInputWriter(columns: readonly string[]): (row: InputRow) => string {
  const sorted = columns
    .map((name, index) => ({ name, index, key: `${JSON.stringify(name)}:` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return (row) => {
    let text = ''
    for (const { index, key } of sorted) {
      const cell = row[index]
      text += `${text === '' ? '' : ','}${key}${typeof cell === 'string' ? JSON.stringify(cell) : cell}`
    }
    return `{${text}}`
  }
}
