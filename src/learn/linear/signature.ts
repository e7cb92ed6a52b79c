import type { Signature } from '../model/model.ts'
import type { LinearPreparation } from './preparation.ts'

/** The signature follows from the preparation, so that the two cannot disagree. */
export function linearSignature(preparation: LinearPreparation, target: string, positive: string): Signature {
  const columns = preparation.map((terms): Signature['columns'][number] => {
    const { name, kind } = terms
    if (terms.kind === 'category') return { name, kind, required: true, levels: terms.levels }
    const format = terms.format ? { format: terms.format } : {}
    const range = Number.isNaN(terms.min) ? {} : { min: terms.min, max: terms.max }
    return { name, kind, required: true, ...format, ...range }
  })
  return { columns, target, positive }
}
