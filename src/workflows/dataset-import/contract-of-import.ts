import { findContract, formatContract, parseContract, withRoles, type Contract } from '../../data/index.ts'
import type { Db } from '../../platform/index.ts'
import type { DatasetSettings } from '../project/index.ts'
import type { ImportRequest } from './schemas.ts'

/**
 * Settings of an import with the contract that its rows are held against: the one it brings, else the newest of the dataset, in the
 * roles that the request gives. Without one, as of a new dataset or where the request wants that, it is inferred from the data.
 * @throws COLUMN_UNKNOWN, TARGET_INVALID for roles that the contract cannot have
 */
export async function withContract(
  db: Db,
  request: ImportRequest,
  settings: DatasetSettings,
): Promise<DatasetSettings> {
  if (settings.contractYaml !== undefined) {
    return { ...settings, contractYaml: inRoles(parseContract(settings.contractYaml), settings, settings.contractYaml) }
  }
  const known = request.inferContract === true ? undefined : await findContract(db, settings.name)
  if (known === undefined) return settings
  return { ...settings, contractYaml: inRoles(known.contract, settings, known.yaml), contractVersion: known.version }
}

/** The text stays as it was written where no role is given. */
function inRoles(contract: Contract, { target, positive, id, time, subject, ...lists }: DatasetSettings, yaml: string) {
  const given = [target, positive, id, time, subject, ...lists.drop, ...lists.protected]
  if (given.every((value) => value === undefined)) return yaml
  const { drop, protected: protectedColumns } = lists
  return formatContract(withRoles(contract, { target, positive, id, time, subject, drop, protected: protectedColumns }))
}
