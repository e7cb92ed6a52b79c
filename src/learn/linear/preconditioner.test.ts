import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { buildDesign, type Design } from './design.ts'
import { LogisticLoss } from './logistic-loss.ts'
import { fitLinearPreparation } from './preparation.ts'
import { diagonalPreconditioner, matrixPreconditioner } from './preconditioner.ts'

const { table, y } = mixedTable(120)
const preparation = fitLinearPreparation(table, undefined, { maxLevels: 200, minLevelRows: 5, clipQuantile: 0 })
const design = buildDesign(preparation, table.columns, table.nRows)
const weights = Float64Array.from(y, (_, row) => 1 + (row % 3))
const RATE = 0.3
const PENALTY = 0.01

/** The prepared terms of a row as a plain list, the intercept last. */
function slowRow({ nTerms, blocks }: Design, row: number): number[] {
  const terms = Array.from({ length: nTerms + 1 }, () => 0)
  terms[nTerms] = 1
  for (const block of blocks) {
    if (block.kind === 'values') terms[block.at] = block.values[row]
    else if (block.codes[row] > 0) terms[block.at + block.codes[row] - 1] = 1
  }
  return terms
}

/** Mean of weight · rate · (1 − rate) · x · xᵀ with the penalty on its diagonal, times a vector. */
function slowCurvatureTimes(vector: Float64Array): number[] {
  const rows = Array.from(y, (_, row) => slowRow(design, row))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const projected = rows.map((terms, row) => weights[row] * terms.reduce((sum, x, j) => sum + x * vector[j], 0))
  return Array.from(vector, (value, j) => {
    const sum = rows.reduce((all, terms, row) => all + terms[j] * projected[row], 0)
    return (sum / total) * RATE * (1 - RATE) + PENALTY * value
  })
}

function curvature(): Float64Array {
  const loss = new LogisticLoss(design, y, weights, () => Promise.resolve())
  return loss.curvature(RATE).map((value) => value + PENALTY)
}

describe('matrixPreconditioner', () => {
  it('undoes the curvature', () => {
    const wanted = Float64Array.from({ length: design.nTerms + 1 }, (_, j) => Math.sin(j + 1))
    const vector = Float64Array.from(slowCurvatureTimes(wanted))
    matrixPreconditioner(design, weights, RATE, curvature())(vector)
    expect([...vector]).toEqual(Array.from(wanted, (value): unknown => expect.closeTo(value, 6)))
  })

  it('is the diagonal for very many parameters', () => {
    const wide: Design = {
      nRows: 2,
      nTerms: 600,
      blocks: [{ kind: 'codes', at: 0, nCodes: 600, codes: Uint16Array.of(1, 2) }],
    }
    const scale = Float64Array.from({ length: 601 }, (_, j) => j + 1)
    const [vector, byDiagonal] = [new Float64Array(601).fill(1), new Float64Array(601).fill(1)]
    matrixPreconditioner(wide, undefined, 0.5, scale)(vector)
    diagonalPreconditioner(scale)(byDiagonal)
    expect(vector).toEqual(byDiagonal)
  })

  it('stays usable where terms repeat each other and nothing is penalised', () => {
    const values = Float64Array.of(1, -1, 0.5, -0.5)
    const blocks = [0, 1].map((at) => ({ kind: 'values' as const, at, values }))
    const vector = Float64Array.of(1, 1, 1)
    const scale = Float64Array.of(0.15625, 0.15625, 0.25)
    matrixPreconditioner({ nRows: 4, nTerms: 2, blocks }, undefined, 0.5, scale)(vector)
    expect([...vector].every((value) => Number.isFinite(value) && value > 0)).toBe(true)
  })
})
