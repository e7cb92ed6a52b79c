import { expect, it } from 'vitest'
import { algorithmNames, algorithms } from '../src/learn/index.ts'
import { algorithmChoices } from '../web/pages/train/algorithm-settings.ts'

it('the page Train offers every algorithm, with the defaults that it has', () => {
  expect(algorithmChoices.map(({ name }) => name)).toEqual(algorithmNames)
  for (const name of algorithmNames) {
    const { settings } = algorithmChoices.find((choice) => choice.name === name)!
    expect(settings.length).toBeGreaterThan(0)
    const shown = Object.fromEntries(settings.map((setting) => [setting.key, setting.default]))
    expect(algorithms[name].resolveOptions({})).toMatchObject(shown)
  }
})

it('the page Train offers directions of numbers for the algorithms that take them', () => {
  const monotone = { amount: 'increasing' as const }
  for (const { name, takesMonotone = false } of algorithmChoices) {
    const resolve = () => algorithms[name as keyof typeof algorithms].resolveOptions({ monotone } as object)
    if (takesMonotone) expect(resolve()).toMatchObject({ monotone })
    else expect(resolve).toThrow('monotone')
  }
})

it('the page Train lets nothing through that an algorithm refuses', () => {
  for (const { name, settings } of algorithmChoices) {
    for (const { key, min, max } of settings) {
      for (const value of [min, max]) {
        expect(algorithms[name as keyof typeof algorithms].resolveOptions({ [key]: value })).toMatchObject({
          [key]: value,
        })
      }
    }
  }
})
