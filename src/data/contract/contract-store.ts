import { createHash } from 'node:crypto'
import { parseDocument } from 'yaml'
import { AssayError } from '../../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../../platform/index.ts'
import { parseContract } from './contract-yaml.ts'
import type { Contract } from './contract.ts'

export type ContractVersion = { name: string; version: number; yaml: string; contract: Contract; createdAt: string }
export type ContractSummary = Pick<ContractVersion, 'name' | 'version' | 'createdAt'>

/** Records a contract's text as the next version of its name, unless the latest is the same. @returns its version */
export async function recordContract(tx: Tx, { name, yaml }: { name: string; yaml: string }): Promise<number> {
  const digest = createHash('sha256').update(yaml).digest('hex')
  const latest = await lockLatest(tx, name)
  if (latest?.digest === digest) return latest.version
  const version = (latest?.version ?? 0) + 1
  await insert(tx, { name, version, digest, yaml })
  return version
}

/**
 * Saves what a person made of a contract as its next version; the file says that number.
 * @param basedOn the version that was edited; 0 for a new contract
 * @throws CONTRACT_CHANGED when it is not the latest any more, CONTRACT_INVALID
 */
export async function saveContract(
  tx: Tx,
  { name, yaml, basedOn, actor }: { name: string; yaml: string; basedOn: number; actor: string },
): Promise<ContractVersion> {
  const { dataset } = parseContract(yaml)
  if (dataset !== name)
    throw new AssayError('CONTRACT_INVALID', { faults: `dataset is ${dataset}; wanted ${name}, whose contract it is` })
  const latest = await lockLatest(tx, name)
  const current = latest?.version ?? 0
  if (current !== basedOn) throw new AssayError('CONTRACT_CHANGED', { name, basedOn, latest: current })
  const version = current + 1
  const document = parseDocument(yaml)
  document.set('version', version)
  const text = document.toString({ lineWidth: 0 })
  await insert(tx, { name, version, digest: createHash('sha256').update(text).digest('hex'), yaml: text })
  await emitEvent(tx, { type: 'contract.saved', actor, object: `contract:${name}@${version}`, data: { basedOn } })
  return getContract(tx, name, version)
}

async function lockLatest(tx: Tx, name: string): Promise<{ version: number; digest: string } | undefined> {
  await tx.$client.query('select pg_advisory_xact_lock(hashtext($1))', [`contract ${name}`])
  const { rows } = await tx.$client.query<{ version: number; digest: string }>(
    'select version, digest from contracts where name = $1 order by version desc limit 1',
    [name],
  )
  return rows[0]
}

async function insert(tx: Tx, row: { name: string; version: number; digest: string; yaml: string }): Promise<void> {
  await tx.$client.query('insert into contracts (name, version, digest, yaml) values ($1, $2, $3, $4)', [
    row.name,
    row.version,
    row.digest,
    row.yaml,
  ])
}

/** The latest version of each contract, by name. */
export async function listContracts(db: Db | Tx, limit: number): Promise<ContractSummary[]> {
  const { rows } = await db.$client.query<Omit<ContractSummary, 'createdAt'> & { createdAt: Date }>(
    `select distinct on (name) name, version, created_at as "createdAt" from contracts
     order by name, version desc limit $1`,
    [limit],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** A version of a contract, the latest when none is said. @throws NOT_FOUND */
export async function getContract(db: Db | Tx, name: string, version?: number): Promise<ContractVersion> {
  const found = await findContract(db, name, version)
  if (found) return found
  throw new AssayError('NOT_FOUND', { what: 'Contract', id: version === undefined ? name : `${name}@${version}` })
}

/** A version of a contract, the latest when none is said; undefined where it is not there. */
export async function findContract(db: Db | Tx, name: string, version?: number): Promise<ContractVersion | undefined> {
  const { rows } = await db.$client.query<{ name: string; version: number; yaml: string; createdAt: Date }>(
    `select name, version, yaml, created_at as "createdAt" from contracts
     where name = $1 and ($2::int is null or version = $2) order by version desc limit 1`,
    [name, version ?? null],
  )
  const [row] = rows
  return row && { ...row, createdAt: row.createdAt.toISOString(), contract: parseContract(row.yaml) }
}
