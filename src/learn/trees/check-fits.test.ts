import { expect, it } from 'vitest'
import { checkFits } from './check-fits.ts'

const wanted = { nColumns: 20, purpose: 'this', ways: 'fewer columns take less' }
const bytesFor = (nRows: number): number => 65_536 + 41 * nRows

it('lets through what fits, to the last row', () => {
  const most = Math.floor((3.5 * 2 ** 30 - 65_536) / 41)
  expect(checkFits(bytesFor, { ...wanted, nRows: most })).toBeUndefined()
  expect(() => checkFits(bytesFor, { ...wanted, nRows: most + 1 })).toThrow(`at most ${most} rows fit`)
})

it('says what is wanted, the limit, and the ways on', () => {
  expect(() => checkFits(bytesFor, { ...wanted, nRows: 200_000_000 })).toThrow(
    'A table of 200000000 rows and 20 columns does not fit: the limit is 3.5 GiB of memory, and this needs 7.64 GiB: ' +
      'at most 91659288 rows fit, all else being equal; fewer columns take less.',
  )
})
