import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Value } from 'typebox/value'
import type { Contract, DatasetWarning, Landed, SourceSpec } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { Output } from '../output.ts'

export type LocalData = { landed: Landed; contract: Contract; warnings: DatasetWarning[]; directory: string }

/**
 * Lands a source in this process, without a server, for the time of `work`: nothing of it stays behind.
 * @param request.contractYaml the contract to hold it against; inferred when left out
 */
export async function withLocalData<T>(
  { source, contractYaml, target }: { source: SourceSpec; contractYaml?: string; target?: string },
  { output, env }: { output: Output; env: Record<string, string | undefined> },
  work: (data: LocalData) => Promise<T>,
): Promise<T> {
  // Loaded only here: DuckDB takes longer to load than most commands take to answer.
  const { inferLanded, landSource, parseContract, SourceSpec: schema } = await import('../../data/index.ts')
  if (!Value.Check(schema, source)) {
    const [fault] = Value.Errors(schema, source)
    throw new AssayError('USAGE_INVALID', {
      what: `the source is not valid: ${fault.instancePath || '/'} ${fault.message}`,
    })
  }
  const contract = contractYaml === undefined ? undefined : parseContract(contractYaml)
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-data-'))
  try {
    const landed = await landSource(source, {
      directory,
      env,
      progress: (done, total) =>
        output.progress(
          `  reading ${Math.round(done / 2 ** 20)} MiB${total ? ` of ${Math.round(total / 2 ** 20)}` : ''}`,
        ),
    })
    const known = contract
      ? { contract, warnings: [] }
      : await inferLanded(landed, { dataset: 'data', target }, { directory })
    return await work({ landed, directory, ...known, warnings: [...landed.warnings, ...known.warnings] })
  } finally {
    await fs.rm(directory, { recursive: true, force: true })
  }
}
