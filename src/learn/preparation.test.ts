import { describe, expect, it } from 'vitest'
import { binsOfCodes, countBins, fitPreparation } from './preparation.ts'
import { categories, numbers } from '../../test/learning-tables.ts'

const repeat = (counts: Record<string, number>): string[] =>
  Object.entries(counts).flatMap(([level, count]) => Array<string>(count).fill(level))

describe('fitPreparation', () => {
  it('keeps levels by how often they come, ties by name, and leaves out the rare ones', () => {
    const column = categories('colour', repeat({ red: 6, blue: 9, rare: 4, green: 6 }))
    const [bins] = fitPreparation({ nRows: 25, columns: [column] }, 255)
    expect(bins).toEqual({ kind: 'category', name: 'colour', levels: ['blue', 'green', 'red'] })
    expect(countBins(bins)).toBe(4)
  })

  it('keeps no more levels than there are bins beside the one for others', () => {
    const levels = Array.from({ length: 300 }, (_, i) => `level ${i}`)
    const column = categories(
      'many',
      levels.flatMap((level) => Array<string>(5).fill(level)),
    )
    const [bins] = fitPreparation({ nRows: 1500, columns: [column] }, 255)
    expect(bins).toMatchObject({ levels: { length: 254 } })
    expect(countBins(bins)).toBe(255)
  })

  it('learns the range of numbers, and none where all are missing', () => {
    const columns = [numbers('a', [3, null, -1]), numbers('b', [null, null, null])]
    expect(fitPreparation({ nRows: 3, columns }, 255)).toEqual([
      { kind: 'number', name: 'a', edges: Float32Array.of(1), min: -1, max: 3 },
      { kind: 'number', name: 'b', edges: new Float32Array() },
    ])
  })
})

describe('binsOfCodes', () => {
  it('maps another dictionary by text: missing to 255, unseen to the bin of the others', () => {
    const bins = { kind: 'category' as const, name: 'colour', levels: ['blue', 'green'] }
    expect([...binsOfCodes(bins, ['mauve', 'green', 'blue'])]).toEqual([255, 2, 1, 0])
  })
})
