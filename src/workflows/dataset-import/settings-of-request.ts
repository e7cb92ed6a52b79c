import path from 'node:path'
import { parseContract, sourceOfFile, type SourceSpec } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { datasetName, type DatasetSettings } from '../project/index.ts'
import type { ImportRequest } from './schemas.ts'

/** A finished upload: where it lies, and the name it had. */
export type UploadedFile = { path: string; name: string }

/**
 * What an import request means.
 * @param upload the finished upload that the request names
 * @throws IMPORT_INVALID, CONTRACT_INVALID
 */
export function settingsOfRequest(request: ImportRequest, upload?: UploadedFile): DatasetSettings {
  const {
    source,
    uploadId,
    contract,
    inferContract,
    name,
    drop = [],
    protected: protectedColumns = [],
    ...roles
  } = request
  if ((source === undefined) === (uploadId === undefined))
    throw new AssayError('IMPORT_INVALID', { reason: 'wanted either a source or an uploadId' })
  const data = source ?? { ...sourceOfFile(upload!.name), path: upload!.path }
  for (const file of filesOf(data))
    if (!path.isAbsolute(file))
      throw new AssayError('IMPORT_INVALID', {
        reason: `the path ${file} is relative; wanted one from the root of the server's machine`,
      })
  if (contract !== undefined && inferContract === true)
    throw new AssayError('IMPORT_INVALID', { reason: 'wanted either a contract or inferContract' })
  if (contract !== undefined) parseContract(contract)
  return {
    name: name ?? datasetName(upload?.name ?? ('path' in data ? data.path : data.kind)),
    data,
    sourceName: upload?.name,
    contractYaml: contract,
    drop,
    protected: protectedColumns,
    ...roles,
  }
}

function filesOf(source: SourceSpec): string[] {
  if (!('path' in source)) return []
  return [source.path, ...('beside' in source ? (source.beside ?? []) : []).map((file) => file.path)]
}
