import type { Table, TreeEnsemble } from '../../learn/index.ts'
import { addSlowInterventional, addSlowTreeShap } from './slow-tree-shap.ts'
import { slowBins, slowTrees } from './slow-trees.ts'

/** What TreeExplainer.explain gives as values, by the slow algorithms. */
export function slowValues(ensemble: TreeEnsemble, table: Table, background?: Table): Float64Array {
  const { preparation } = ensemble
  const binsOf = (table: Table): number[][] =>
    Array.from({ length: table.nRows }, (_, row) => slowBins(preparation, table, row))
  const others = background && binsOf(background)
  const rows = binsOf(table).flatMap((bins) => {
    const phi = new Float64Array(preparation.length)
    for (const tree of slowTrees(ensemble)) {
      if (others) for (const other of others) addSlowInterventional(tree, bins, other, phi)
      else addSlowTreeShap(tree, bins, phi)
    }
    return Array.from(phi, (value) => value / (others?.length ?? 1))
  })
  return Float64Array.from(rows)
}
