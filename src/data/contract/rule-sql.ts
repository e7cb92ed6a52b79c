import { AssayError } from '../../errors/index.ts'
import { identifier, literal } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'
import type { Contract, ContractRule } from './contract.ts'
import { pureFunctions } from './pure-functions.ts'

/** A rule with the columns that it names. */
export type CheckedRule = ContractRule & { columns: string[] }

/**
 * Holds the SQL of each rule against what a rule may be: one scalar expression over the contract's columns, constants, operators
 * and pure functions, true or false for a row. It is judged by DuckDB's own syntax tree, so what is not known is refused: subqueries,
 * table functions, files, the environment, the clock, aggregates and whatever a later DuckDB brings.
 * @throws RULE_INVALID naming the rule and the reason
 */
export async function checkRules(session: Session, contract: Contract): Promise<CheckedRule[]> {
  const checked: CheckedRule[] = []
  for (const rule of contract.rules) {
    const columns = await columnsOf(session, rule, contract)
    await demandBoolean(session, rule, contract)
    checked.push({ ...rule, columns })
  }
  return checked
}

/** What is wrong with the rule of this number. */
export type RuleFault = { index: number; reason: string }

/** Every rule that `checkRules` would refuse, for an editor. @param directory an existing one, for DuckDB */
export async function ruleFaults(contract: Contract, { directory }: { directory: string }): Promise<RuleFault[]> {
  const session = await openSession({ reads: [], directory })
  try {
    const faults: RuleFault[] = []
    for (const [index, rule] of contract.rules.entries())
      try {
        await checkRules(session, { ...contract, rules: [rule] })
      } catch (error) {
        if (!(error instanceof AssayError) || error.code !== 'RULE_INVALID') throw error
        faults.push({ index, reason: String(error.details.reason) })
      }
    return faults
  } finally {
    session.close()
  }
}

type Node = { [key: string]: unknown }
type Serialised =
  { error: true; error_message: string } | { error: false; statements: { node: Node & { select_list: Node[] } }[] }

async function columnsOf(session: Session, rule: ContractRule, { columns }: Contract): Promise<string[]> {
  const refuse = (reason: string): never => {
    throw new AssayError('RULE_INVALID', { rule: rule.name, reason })
  }
  // The line break ends a comment that would swallow the bracket.
  const [{ tree }] = await session.rows<{ tree: string }>(
    `select json_serialize_sql(${literal(`select (${rule.sql}\n)`)})::varchar as tree`,
  )
  const parsed = JSON.parse(tree) as Serialised
  if (parsed.error) return refuse(`it cannot be read (${parsed.error_message})`)
  const [statement, ...more] = parsed.statements
  const { node } = statement
  const isBare =
    more.length === 0 &&
    node.type === 'SELECT_NODE' &&
    node.select_list.length === 1 &&
    (node.from_table as Node).type === 'EMPTY' &&
    [node.where_clause, node.having, node.qualify, node.sample].every((part) => part === null) &&
    [node.modifiers, node.group_expressions, (node.cte_map as { map: unknown[] }).map].every(
      (part) => (part as unknown[]).length === 0,
    )
  if (!isBare) refuse('it is more than one expression; wanted an expression over the columns of one row')
  const named = new Set<string>()
  const visit = (expression: Node): void => {
    if (expression.class === 'COLUMN_REF') {
      const [name, ...inner] = expression.column_names as string[]
      const column = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
      if (inner.length > 0 || !column)
        return refuse(`it names column ${[name, ...inner].join('.')}, which is not in the contract`)
      named.add(column.name)
      return
    }
    const reason = refusalOf(expression)
    if (reason !== undefined) refuse(reason)
    for (const child of childrenOf(expression)) visit(child)
  }
  visit(node.select_list[0])
  return [...named]
}

const ALLOWED_CLASSES = new Set([
  'CONSTANT',
  'COMPARISON',
  'CONJUNCTION',
  'OPERATOR',
  'BETWEEN',
  'CASE',
  'CAST',
  'FUNCTION',
])

function refusalOf(expression: Node): string | undefined {
  const kind = String(expression.class)
  if (kind === 'SUBQUERY') return 'it holds a subquery; a rule sees one row'
  if (kind === 'WINDOW') return 'it holds a window function; a rule sees one row'
  if (!ALLOWED_CLASSES.has(kind))
    return `it holds ${kind.toLowerCase()}; wanted columns, constants, operators and functions`
  if (kind !== 'FUNCTION') return undefined
  const name = String(expression.function_name)
  if (!pureFunctions.has(name)) return `it calls ${name}, which is not one of the functions that a rule may use`
  const isPlain =
    ['', 'main'].includes(String(expression.schema)) &&
    ['', 'system'].includes(String(expression.catalog)) &&
    expression.filter === null &&
    expression.distinct === false &&
    (((expression.order_bys as Node | null)?.orders as unknown[] | undefined) ?? []).length === 0
  return isPlain ? undefined : `it calls ${name} as an aggregate or from elsewhere; wanted the plain function`
}

/** Every expression inside, whatever the key is called. */
function childrenOf(expression: Node): Node[] {
  const found: Node[] = []
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) {
      if ('class' in value) found.push(value as Node)
      else Object.values(value).forEach(collect)
    }
  }
  Object.values(expression).forEach(collect)
  return found
}

const sqlTypes = {
  number: 'double',
  integer: 'bigint',
  string: 'varchar',
  category: 'varchar',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
}

async function demandBoolean(session: Session, rule: ContractRule, { columns }: Contract): Promise<void> {
  const row = columns.map(({ name, type }) => `null::${sqlTypes[type]} as ${identifier(name)}`)
  const type = await session
    .rows<{ type: string }>(`select typeof((${rule.sql}\n)) as type from (select ${row.join(', ')})`)
    .then(([{ type: given }]) => given)
    .catch((error: Error) => {
      const reason = error.message.split('\n')[0].replace(/^\w+ Error: /, '')
      throw new AssayError('RULE_INVALID', { rule: rule.name, reason: `it does not fit the columns (${reason})` })
    })
  if (type !== 'BOOLEAN')
    throw new AssayError('RULE_INVALID', {
      rule: rule.name,
      reason: `it gives ${type.replaceAll('"', '').toLowerCase()}; wanted true or false`,
    })
}
