import { Type } from 'typebox'
import { authorise, type App } from '../../access/index.ts'
import { withTransaction, type Db } from '../../platform/index.ts'
import { ContractFault, ContractSummary, ContractVersion } from '../schemas.ts'
import { faultAt, readContract, type ContractFault as Fault } from './contract-faults.ts'
import { getContract, listContracts, saveContract } from './contract-store.ts'
import type { Contract } from './contract.ts'
import type { RuleFault } from './rule-sql.ts'

export type ContractRouteDeps = {
  db: Db
  /** judges the SQL of a contract's rules, in a process that has DuckDB; without it rules are judged at the next import */
  ruleFaults?: (contract: Contract) => Promise<RuleFault[]>
}

const tags = ['data']
const closed = { additionalProperties: false }
const Yaml = Type.String({ minLength: 1, maxLength: 1_000_000 })
const preHandler = authorise('view')

/** Contracts: to read, to check while they are edited, to save as a new version. */
export function contractRoutes(app: App, { db, ruleFaults }: ContractRouteDeps): void {
  app.get(
    '/contracts',
    {
      schema: {
        tags,
        summary: 'The latest version of each contract',
        querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 200 }) }, closed),
        response: { 200: Type.Object({ items: Type.Array(ContractSummary) }) },
      },
      preHandler,
    },
    async ({ query }) => ({ items: await listContracts(db, query.limit) }),
  )
  app.get(
    '/contracts/:name',
    {
      schema: {
        tags,
        summary: 'The latest version of a contract',
        params: Type.Object({ name: Type.String() }),
        response: { 200: ContractVersion },
      },
      preHandler,
    },
    ({ params }) => getContract(db, params.name),
  )
  app.get(
    '/contracts/:name/:version',
    {
      schema: {
        tags,
        summary: 'A version of a contract',
        params: Type.Object({ name: Type.String(), version: Type.Integer({ minimum: 1 }) }),
        response: { 200: ContractVersion },
      },
      preHandler,
    },
    ({ params }) => getContract(db, params.name, params.version),
  )
  app.post(
    '/contracts/check',
    {
      schema: {
        tags,
        summary: 'What is wrong with a contract, line by line; nothing is kept',
        body: Type.Object({ yaml: Type.String({ maxLength: 1_000_000 }) }, closed),
        response: { 200: Type.Object({ faults: Type.Array(ContractFault) }) },
      },
      preHandler,
    },
    async ({ body }) => ({ faults: await faultsOf(body.yaml, ruleFaults) }),
  )
  app.put(
    '/contracts/:name',
    {
      schema: {
        tags,
        summary: 'Saves an edited contract as its next version',
        params: Type.Object({ name: Type.String() }),
        body: Type.Object(
          {
            yaml: Yaml,
            basedOn: Type.Integer({ minimum: 0, description: 'the version that was edited; 0: a new contract' }),
          },
          closed,
        ),
        response: { 200: ContractVersion },
      },
      preHandler: authorise('pipeline.run'),
    },
    ({ params, body, actor }) =>
      withTransaction(db, (tx) => saveContract(tx, { name: params.name, ...body, actor: actor!.id })),
  )
}

async function faultsOf(yaml: string, ruleFaults: ContractRouteDeps['ruleFaults']): Promise<Fault[]> {
  const read = readContract(yaml)
  if ('faults' in read) return read.faults
  const { contract } = read
  const faults = contract.rules.length > 0 ? ((await ruleFaults?.(contract)) ?? []) : []
  return faults.map(({ index, reason }) =>
    faultAt(yaml, ['rules', index, 'sql'], `rule ${contract.rules[index].name}: ${reason}`),
  )
}
