/** Spots along a row in which dots are piled up. */
const nBins = 100

/**
 * How far from the middle of its row each dot lies, so that dots of like contributions lie beside each other instead of
 * on top: those of one spot are put above and below the middle in turn, in the order given. The same dots give the same
 * places.
 *
 * @param places     where each dot lies along the row; between `from` and `to`
 * @param mostLayers how many layers of dots fit on either side; more are pressed together
 * @returns −1 to 1 for each dot, 0 being the middle
 */
export function swarmOffsets(
  places: ArrayLike<number>,
  [from, to]: readonly [from: number, to: number],
  mostLayers: number,
): Float64Array {
  const piled = new Int32Array(nBins + 1)
  const offsets = new Float64Array(places.length)
  let deepest = mostLayers
  for (let i = 0; i < places.length; i++) {
    const bin = to > from ? Math.round(((places[i] - from) / (to - from)) * nBins) : 0
    const nth = piled[bin]++
    const layer = Math.ceil(nth / 2)
    if (layer > deepest) deepest = layer
    offsets[i] = nth % 2 === 0 ? -layer : layer
  }
  for (let i = 0; i < offsets.length; i++) offsets[i] /= deepest
  return offsets
}
