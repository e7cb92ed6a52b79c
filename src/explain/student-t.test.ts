import { expect, it } from 'vitest'
import golden from '../../test/golden/student-t/quantiles.json' with { type: 'json' }
import { studentTwoSided } from './student-t.ts'

it.each(golden.quantiles)('agrees with SciPy at level $level with $df degrees of freedom', ({ level, df, t }) => {
  // Bisection on the angle leaves a few units in the last place, which the tangent and the series multiply.
  expect(Math.abs(studentTwoSided(level, df) / t - 1)).toBeLessThan(1e-12)
})
