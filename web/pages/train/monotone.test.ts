import { describe, expect, it } from 'vitest'
import { column } from '../../api/column.fixture.ts'
import type { ContractColumn } from '../../api/data-types.ts'
import { columnsGoing, numericFeatures, withColumnsGoing } from './monotone.ts'

const number = (name: string, part: Partial<ContractColumn> = {}) => column(name, { type: 'number', ...part })
const roles = { target: 'fraud', time: '', drop: [] }

describe('numericFeatures', () => {
  it('has numbers and dates that the model learns from, in their order', () => {
    const columns = [
      number('id', { role: 'id' }),
      number('billed'),
      number('visits', { type: 'integer' }),
      number('born', { type: 'date' }),
      number('plan', { type: 'category' }),
      number('smoker', { type: 'boolean' }),
      number('fraud', { role: 'target' }),
      number('constant', { role: 'ignore' }),
    ]
    expect(numericFeatures(columns, roles)).toEqual(['billed', 'visits', 'born'])
  })

  it('leaves out what the form gives another role, or keeps from the model', () => {
    const columns = [number('billed'), number('paid'), number('loss')]
    expect(numericFeatures(columns, { target: 'loss', time: '', drop: ['paid'] })).toEqual(['billed'])
  })

  it('takes the time of the contract only when the form has another one', () => {
    const columns = [number('at', { type: 'date', role: 'time' }), number('paid_at', { type: 'date' })]
    expect(numericFeatures(columns, roles)).toEqual(['paid_at'])
    expect(numericFeatures(columns, { ...roles, time: 'at' })).toEqual(['paid_at'])
    expect(numericFeatures(columns, { ...roles, time: 'paid_at' })).toEqual(['at'])
  })

  it('leaves out numbers that a policy makes texts of', () => {
    const columns = [number('age', { policy: 'generalise' }), number('mrn', { policy: 'pseudonymise' })]
    expect(numericFeatures([...columns, number('billed', { policy: 'keep' })], roles)).toEqual(['billed'])
  })
})

describe('withColumnsGoing', () => {
  it('sets the columns of one direction and leaves the other', () => {
    const before = { age: 'decreasing', billed: 'increasing' } as const
    const after = withColumnsGoing(before, 'increasing', ['visits', 'paid'])
    expect(after).toEqual({ age: 'decreasing', visits: 'increasing', paid: 'increasing' })
    expect([columnsGoing(after, 'increasing'), columnsGoing(after, 'decreasing')]).toEqual([
      ['visits', 'paid'],
      ['age'],
    ])
    expect(withColumnsGoing(after, 'increasing', [])).toEqual({ age: 'decreasing' })
  })

  it('turns a column round, for it can go one way only', () => {
    expect(withColumnsGoing({ age: 'decreasing' }, 'increasing', ['age'])).toEqual({ age: 'increasing' })
  })
})
