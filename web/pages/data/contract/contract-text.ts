import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { ContractColumn } from '../../../api/data-types.ts'

/** The columns in a contract's text; null while the text is no YAML with a list of columns. */
export function columnsIn(yaml: string): ContractColumn[] | null {
  const document = parseDocument(yaml)
  if (document.errors.length > 0) return null
  const columns = document.get('columns')
  if (!isSeq(columns) || !columns.items.every((item) => isMap(item) && isScalar(item.get('name', true)))) return null
  return (document.toJS() as { columns: ContractColumn[] }).columns
}

/**
 * The text with one key of one column changed, everything else as it stood, comments and order included.
 * @param value undefined takes the key away
 */
export function withColumnKey(
  yaml: string,
  index: number,
  { key, value }: { key: keyof ContractColumn; value: unknown },
): string {
  const document = parseDocument(yaml)
  const path = ['columns', index, key]
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, value)
  return document.toString({ lineWidth: 0 })
}

export type LineDiff = { kind: 'same' | 'added' | 'removed'; text: string }

/** Lines of two texts, one under the other, by their longest common subsequence. Quadratic in what lies between the first and the last change. */
export function lineDiff(before: string, after: string): LineDiff[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const same = (lines: string[]) => lines.map((text): LineDiff => ({ kind: 'same', text }))
  return [
    ...same(a.slice(0, start)),
    ...middleDiff(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ]
}

function middleDiff(a: string[], b: string[]): LineDiff[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1])
    }
  }
  const lines: LineDiff[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++] })
      j++
    } else if (j >= b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push({ kind: 'removed', text: a[i++] })
    } else lines.push({ kind: 'added', text: b[j++] })
  }
  return lines
}

/** The changed lines with a few around them; what is left out between shows as null. */
export function shortDiff(lines: LineDiff[], nAround = 2): (LineDiff | null)[] {
  const isNear = lines.map((_, i) =>
    lines.slice(Math.max(i - nAround, 0), i + nAround + 1).some(({ kind }) => kind !== 'same'),
  )
  return lines.flatMap((line, i) => {
    if (isNear[i]) return [line]
    return i > 0 && isNear[i - 1] && isNear.includes(true, i) ? [null] : []
  })
}
