import { describe, expect, it } from 'vitest'
import { resolveForestOptions } from './forest/options.ts'
import { checkOption } from './options.ts'

describe('options', () => {
  it('takes the defaults for what is not given', () => {
    expect(resolveForestOptions({ nTrees: 7, seed: undefined })).toMatchObject({
      nTrees: 7,
      seed: 0,
      maxFeatures: 'sqrt',
      minSamplesLeaf: 5,
    })
  })

  it.each([
    [{ nTrees: 0 }, 'Option nTrees is 0; allowed: an integer from 1 to 100000.'],
    [{ nTrees: 1.5 }, 'Option nTrees is 1.5; allowed: an integer from 1 to 100000.'],
    [{ nTrees: NaN }, 'Option nTrees is NaN; allowed: an integer from 1 to 100000.'],
    [{ maxFeatures: 'log2' }, 'Option maxFeatures is "log2"; allowed: an integer from 1 to 65535 or "sqrt".'],
    [{ maxDepth: 0 }, 'Option maxDepth is 0; allowed: an integer from 1 to 2147483648 or null.'],
    [{ maxBins: 256 }, 'Option maxBins is 256; allowed: an integer from 2 to 255.'],
    [{ seed: -1 }, 'Option seed is -1; allowed: an integer from 0 to 4294967295.'],
  ])('refuses %o by naming option, value and what is allowed', (options, message) => {
    expect(() => resolveForestOptions(options as object)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message }),
    )
  })

  it('refuses an option it does not know, and names those it knows', () => {
    expect(() => resolveForestOptions({ n_estimators: 100 } as object)).toThrow(
      expect.objectContaining({
        code: 'OPTION_UNKNOWN',
        message: expect.stringContaining('known: nTrees, maxFeatures'),
      }),
    )
  })

  it('takes any number of a range, its ends included, and nothing else', () => {
    const rule = { number: [0, 1] as [number, number], constants: ['auto'] }
    for (const value of [0, 0.25, 1, 'auto']) expect(() => checkOption('share', value, rule)).not.toThrow()
    for (const value of [-0.1, 1.1, NaN, '0.5', null]) {
      expect(() => checkOption('share', value, rule)).toThrow('allowed: a number from 0 to 1 or "auto".')
    }
  })
})
