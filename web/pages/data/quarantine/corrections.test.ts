import { expect, it } from 'vitest'
import { correctionsOf, withCell, withDiscard, type Decisions } from './corrections.ts'

const row = (n: number) => ({ row: n, reasons: [], values: { age: 'x', plan: null } })
const none: Decisions = new Map()

it('collects changed cells by row and rows to discard, in the order of rows', () => {
  let decisions = withCell(none, row(7), { column: 'age', value: '41' })
  decisions = withCell(decisions, row(7), { column: 'plan', value: 'gold' })
  decisions = withDiscard(decisions, 9, true)
  decisions = withDiscard(decisions, 3, true)
  expect(correctionsOf(decisions)).toEqual({
    corrections: [{ row: 7, values: { age: '41', plan: 'gold' } }],
    discards: [3, 9],
  })
})

it('forgets a cell that is set back, and a row that is not to be discarded after all', () => {
  const changed = withCell(none, row(1), { column: 'age', value: '4' })
  expect(withCell(changed, row(1), { column: 'age', value: 'x' }).size).toBe(0)
  expect(withDiscard(withDiscard(none, 1, true), 1, false).size).toBe(0)
})

it('leaves what it was given as it was; a changed cell takes a row back from the discarded', () => {
  const discarded = withDiscard(none, 1, true)
  const changed = withCell(discarded, row(1), { column: 'age', value: '4' })
  expect(discarded.get(1)).toBe('discard')
  expect(changed.get(1)).toEqual({ values: { age: '4' } })
})
