import { AssayError } from '../../errors/index.ts'
import type { ContractColumn } from '../contract/contract.ts'
import { MAX_TOP, type ColumnFacts } from './facts.ts'

const MAX_SHOWN = 5

/**
 * The target as a column of two values, or of more when one of them is said to be the positive one: the others are then the rest.
 * @throws TARGET_INVALID saying what the column holds and what to do
 */
export function inferTarget(facts: ColumnFacts, positive: string | undefined): ContractColumn {
  const { name, nDistinct } = facts
  const refuse = (reason: string): never => {
    throw new AssayError('TARGET_INVALID', { target: name, reason })
  }
  const values = facts.top.map(({ text }) => text).sort()
  const shown = values.slice(0, MAX_SHOWN).join(', ') + (nDistinct > MAX_SHOWN ? ', …' : '')
  if (facts.nPresent === 0) return refuse('it is missing in every row')
  if (nDistinct === 1) return refuse(`it has the one value ${values[0]}`)
  if (!facts.isTopComplete || (nDistinct > 20 && facts.nNumbers === facts.nPresent))
    return refuse(
      facts.nNumbers === facts.nPresent
        ? `it is a number with ${nDistinct} distinct values, an amount rather than a label; make a column of two values of it, such as above or below a limit`
        : `it has ${nDistinct} distinct values, more than the ${MAX_TOP} a label may have`,
    )
  if (positive !== undefined && !values.includes(positive))
    return refuse(`its values are ${listed(values, shown)}, not ${positive}`)
  if (nDistinct > 2 && positive === undefined)
    return refuse(
      `it has ${nDistinct} values (${shown}); say which one is looked for with --positive, and the rest is the other`,
    )
  return {
    name,
    type: 'category',
    nullable: false,
    values,
    role: 'target',
    ...(facts.placeholders.length > 0 ? { missing: facts.placeholders } : {}),
    positive: positive ?? likelyPositive(facts, values),
    decisionTime: false,
    roleConfidence: positive === undefined ? 0.8 : 1,
  }
}

const listed = (values: string[], shown: string) => (values.length === 2 ? values.join(' and ') : shown)

/** 1 of 0 and 1, Y, yes, true by name; the rarer value otherwise: what is looked for is usually rare. */
function likelyPositive({ top }: ColumnFacts, values: string[]): string {
  const named = values.find((value) => (value === '1' ? values.includes('0') : /^(y|yes|true|t)$/i.test(value)))
  if (named !== undefined) return named
  const countOf = (value: string) => top.find(({ text }) => text === value)!.count
  return countOf(values[0]) <= countOf(values[1]) ? values[0] : values[1]
}
