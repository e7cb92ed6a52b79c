import fc from 'fast-check'

/** Labels and scores of 2 to 40 rows, with many ties. */
export const scoredRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 20 })), { minLength: 2, maxLength: 40 })
  .map((rows) => ({
    y: Uint8Array.from(rows, ([label]) => label),
    score: Float64Array.from(rows, ([, twentieths]) => twentieths / 20),
  }))

/** The same with both classes in it. */
export const scoredRowsOfBothClasses = scoredRows.filter(({ y }) => y.includes(0) && y.includes(1))
