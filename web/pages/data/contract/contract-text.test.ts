import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsIn, lineDiff, shortDiff, withColumnKey } from './contract-text.ts'

const yaml = `# what we promise
dataset: claims
version: 2
columns:
  - name: age
    type: number
    nullable: true
    role: feature # known at once
  - name: denied
    type: category
    nullable: false
    role: target
`

describe('columnsIn', () => {
  it('reads the columns', () => {
    expect(columnsIn(yaml)?.map(({ name, role }) => [name, role])).toEqual([
      ['age', 'feature'],
      ['denied', 'target'],
    ])
  })

  it('is null for what is no contract yet', () => {
    for (const text of ['', 'columns: [', 'columns: 3', 'columns: [1]', 'columns:\n  - type: x', 'a: 1']) {
      expect(columnsIn(text)).toBeNull()
    }
  })
})

describe('withColumnKey', () => {
  it('changes one value and leaves comments and order as they were', () => {
    const changed = withColumnKey(yaml, 0, { key: 'role', value: 'ignore' })
    expect(changed).toBe(yaml.replace('role: feature #', 'role: ignore #'))
  })

  it('adds a key, and takes it away again', () => {
    const added = withColumnKey(yaml, 0, { key: 'min', value: 0 })
    expect(columnsIn(added)?.[0].min).toBe(0)
    expect(withColumnKey(added, 0, { key: 'min', value: undefined })).toBe(yaml)
  })
})

describe('lineDiff', () => {
  it('shows what was taken out and put in', () => {
    expect(lineDiff('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: 'c' },
      { kind: 'same', text: 'd' },
      { kind: 'added', text: 'e' },
    ])
  })

  it('gives both texts back, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after)
        const joined = (kind: string) =>
          lines
            .filter((line) => line.kind === 'same' || line.kind === kind)
            .map((line) => line.text)
            .join('\n')
        expect(joined('removed')).toBe(before)
        expect(joined('added')).toBe(after)
      }),
    )
  })
})

describe('shortDiff', () => {
  it('keeps changes with what is around them', () => {
    const lines = lineDiff('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\n2\nX\n4\n5\n6\n7\n8\nY')
    expect(shortDiff(lines, 1).map((line) => line?.text ?? '…')).toEqual(['2', '3', 'X', '4', '…', '8', '9', 'Y'])
  })

  it('is empty when nothing changed', () => expect(shortDiff(lineDiff('a\nb', 'a\nb'))).toEqual([]))
})
