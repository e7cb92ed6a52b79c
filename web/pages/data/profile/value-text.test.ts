import { expect, it } from 'vitest'
import { valueText } from './value-text.ts'

it.each([
  [1995, '1995'],
  [-3, '−3'],
  [98_012, '98,012'],
  [12.3456, '12.3'],
  ['2024-01-02', '2024-01-02'],
  [null, '–'],
])('%s is %s', (value, text) => expect(valueText(value)).toBe(text))
