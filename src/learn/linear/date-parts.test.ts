import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthOfDays, WEEKDAYS, weekdayOfDays } from './date-parts.ts'

it('finds month and weekday of any moment as the language does', () => {
  const days = fc.double({ min: -719_162, max: 2_932_896, noNaN: true })
  const leapYears = [19_782, 19_783, 11_016, 11_017, -1, 0, 0.999, -0.001].map((day): [number] => [day])
  fc.assert(
    fc.property(days, (day) => {
      const date = new Date(Math.floor(day) * 86_400_000)
      expect(monthOfDays(day)).toBe(date.getUTCMonth())
      expect(weekdayOfDays(day)).toBe((date.getUTCDay() + 6) % 7)
    }),
    { examples: leapYears, numRuns: 2000 },
  )
})

it('calls 1970-01-01 a Thursday in January', () => {
  expect([WEEKDAYS[weekdayOfDays(0)], monthOfDays(0)]).toEqual(['Thursday', 0])
})
