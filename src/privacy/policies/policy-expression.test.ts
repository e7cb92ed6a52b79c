import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AssayError } from '../../errors/index.ts'
import { defaultPolicy, personalKinds, type PersonalKind } from '../kinds.ts'
import { pseudonym, pseudonymVariable, type HmacKey } from './hmac-key.ts'
import { policyExpression, type ColumnType, type PolicyTarget } from './policy-expression.ts'
import { policies, type Policy } from './policy.ts'

const key: HmacKey = { id: 'k1', secret: Buffer.from('3132333435', 'hex') }
let duck: DuckDBConnection

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect()
  await setKey(key)
})
afterAll(() => duck.closeSync())

const setKey = (to: HmacKey) => duck.run('set variable pseudonym_key = $1', [pseudonymVariable(to)])

/** What a policy makes of values of a DuckDB type. */
async function apply(
  policy: Policy,
  target: Omit<PolicyTarget, 'column' | 'keyVariable'>,
  { duckType, values }: { duckType: string; values: (string | null)[] },
): Promise<unknown[]> {
  const { sql } = policyExpression(policy, { column: '"a b"', keyVariable: 'pseudonym_key', ...target })!
  const rows = values.map((value, i) => `(${i}, ${value === null ? 'null' : `'${value.replaceAll("'", "''")}'`})`)
  const reader = await duck.runAndReadAll(
    `select ${sql} as y from (select i, v::${duckType} as "a b" from (values ${rows.join(', ')}) as t(i, v)) order by i`,
  )
  return reader.getRowsJson().map(([value]) => value)
}

describe('pseudonymise', () => {
  test('is HMAC-SHA-256 as node:crypto computes it, and null stays null', async () => {
    const values = ['4711', '', "O'Hara", 'Žižek 日本', null]
    const given = await apply('pseudonymise', { type: 'string' }, { duckType: 'varchar', values })
    expect(given).toEqual(values.map((value) => (value === null ? null : pseudonym(key, value))))
  })

  test('agrees with test case 2 of RFC 4231', async () => {
    await setKey({ id: 'rfc', secret: Buffer.from('Jefe') })
    const [given] = await apply(
      'pseudonymise',
      { type: 'string' },
      { duckType: 'varchar', values: ['what do ya want for nothing?'] },
    )
    await setKey(key)
    expect(given).toBe('rfc:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  test('agrees for keys of any length, those above a block included', async () => {
    const lengths = fc.uint8Array({ minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(lengths, fc.string(), async (bytes, text) => {
        fc.pre(!text.includes('\0') && text.isWellFormed())
        const any = { id: 'any', secret: Buffer.from(bytes) }
        await setKey(any)
        const given = await apply('pseudonymise', { type: 'string' }, { duckType: 'varchar', values: [text] })
        expect(given).toEqual([pseudonym(any, text)])
      }),
      { numRuns: 40 },
    )
    await setKey(key)
  })

  test('gives one pseudonym to a member, whatever type the file was read as', async () => {
    const wanted = pseudonym(key, '4711')
    const types: [ColumnType, string][] = [
      ['integer', 'bigint'],
      ['number', 'double'],
      ['string', 'varchar'],
    ]
    for (const [type, duckType] of types)
      expect(await apply('pseudonymise', { type }, { duckType, values: ['4711'] })).toEqual([wanted])
  })

  test('has no key in its SQL', () => {
    const { sql } = policyExpression('pseudonymise', { column: 'x', type: 'string', keyVariable: 'pseudonym_key' })!
    expect(sql).not.toContain(key.secret.toString('hex'))
    expect(sql).toContain("getvariable('pseudonym_key')")
  })
})

describe('mask', () => {
  test('hides letters and digits of every script and leaves the form', async () => {
    const values = ['078-05-1120', 'ada@example.com', 'Žižek 日本', null]
    expect(await apply('mask', { type: 'string' }, { duckType: 'varchar', values })).toEqual([
      '***-**-****',
      '***@*******.***',
      '***** **',
      null,
    ])
  })
})

describe('generalise', () => {
  test('ages to bands with 90+', async () => {
    const values = ['0', '9', '10', '45.9', '89', '90', '103', '-1', null]
    const wanted = ['0-9', '0-9', '10-19', '40-49', '80-89', '90+', '90+', null, null]
    expect(await apply('generalise', { type: 'number', kind: 'age' }, { duckType: 'double', values })).toEqual(wanted)
    expect(await apply('generalise', { type: 'string', kind: 'age' }, { duckType: 'varchar', values })).toEqual(wanted)
  })

  test('dates and timestamps to the year', async () => {
    const date = { duckType: 'date', values: ['2015-01-25', null] }
    expect(await apply('generalise', { type: 'date', kind: 'date' }, date)).toEqual([2015, null])
    const time = { duckType: 'timestamp', values: ['2014-12-31 23:59:59'] }
    expect(await apply('generalise', { type: 'timestamp' }, time)).toEqual([2014])
  })

  test('dates of birth to the year, nobody of 90 or more told apart', async () => {
    const target = { type: 'date', kind: 'birth_date', asOfYear: 2026 } as const
    const born = { duckType: 'date', values: ['1990-05-06', '1937-01-01', '1936-01-01', '1921-07-08', null] }
    expect(await apply('generalise', target, born)).toEqual([1990, 1937, 1936, 1936, null])
  })

  test('postcodes to three places, small areas to 000, lost zeros put back', async () => {
    const target = { type: 'string', kind: 'postcode' } as const
    const text = { duckType: 'varchar', values: ['90210', '90210-1234', '03601', '3601', 'SW1A 1AA', null] }
    expect(await apply('generalise', target, text)).toEqual(['902', '902', '000', '000', 'SW1', null])
    const number = { duckType: 'integer', values: ['466132', '2138', '87901'] }
    expect(await apply('generalise', { type: 'integer', kind: 'postcode' }, number)).toEqual(['466', '021', '000'])
  })

  test.each(['email', undefined] as (PersonalKind | undefined)[])('does not know how with %s', (kind) => {
    const fault = thrownBy(() =>
      policyExpression('generalise', { column: '"x"', name: 'x', type: 'string', kind, keyVariable: 'k' }),
    )
    expect(fault).toMatchObject({ code: 'POLICY_UNSUITABLE' })
    expect(fault.message).toContain(`column x (${kind ?? 'data'} of the type string)`)
  })
})

test('drop leaves the column out, keep leaves it as it is', () => {
  const target = { column: '"x"', type: 'integer', keyVariable: 'k' } as const
  expect(policyExpression('drop', target)).toBeUndefined()
  expect(policyExpression('keep', target)).toEqual({ sql: '"x"', type: 'integer' })
})

describe('the policy proposed', () => {
  test('for every kind is one of the policies, with a reason', () => {
    for (const kind of Object.keys(personalKinds) as PersonalKind[]) {
      const { policy, reason } = defaultPolicy(kind)
      expect(policies).toContain(policy)
      expect(reason.length).toBeGreaterThan(20)
    }
  })

  test('drops what names one person, pseudonymises the subject', () => {
    expect(defaultPolicy('email').policy).toBe('drop')
    expect(defaultPolicy('email', 'subject').policy).toBe('pseudonymise')
    expect(defaultPolicy('unique_id').policy).toBe('pseudonymise')
  })
})

function thrownBy(run: () => unknown): AssayError {
  try {
    run()
  } catch (error) {
    return error as AssayError
  }
  throw new Error('nothing was thrown')
}
