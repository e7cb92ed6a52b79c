import { expect, it } from 'vitest'
import { changesOf } from './dataset-diff.tsx'

it('tells each change of columns, and what became of the rows', () => {
  expect(
    changesOf({
      columns: { added: ['plan'], removed: ['age'], changed: [{ name: 'date', from: 'string', to: 'date' }] },
      rows: { added: 1_200, removed: 3, changed: 40 },
    }),
  ).toEqual([
    'Column plan was added.',
    'Column age was removed.',
    'Column date was string and is date.',
    '1,200 rows were added, 3 removed, 40 changed.',
  ])
})

it('says so when the columns are the same, and nothing of changed rows where they cannot be told', () => {
  expect(
    changesOf({ columns: { added: [], removed: [], changed: [] }, rows: { added: 0, removed: 0, changed: null } }),
  ).toEqual(['The columns are the same.', '0 rows were added, 0 removed.'])
})
