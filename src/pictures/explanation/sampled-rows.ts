/** Row numbers spread evenly over all rows, `most` of them or as many as there are; ascending. */
export const sampledRows = (nRows: number, most: number): number[] =>
  Array.from({ length: Math.min(nRows, most) }, (_, i) => (nRows <= most ? i : Math.floor((i * nRows) / most)))
