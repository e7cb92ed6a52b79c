import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { openSession, type Session } from '../sql/session.ts'
import type { Contract } from './contract.ts'
import { checkRules } from './rule-sql.ts'

let folder: string
let session: Session
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-rules-'))
  session = await openSession({ reads: [], directory: folder })
})
afterAll(() => {
  session.close()
  fs.rmSync(folder, { recursive: true })
})

const check = (sql: string) => {
  const columns = (
    [
      ['billed amount', 'number'],
      ['paid', 'number'],
      ['code', 'string'],
      ['day', 'date'],
      ['sent', 'timestamp'],
    ] as const
  ).map(([name, type]) => ({ name, type, nullable: true, role: 'feature' as const }))
  const contract: Contract = { dataset: 'd', version: 1, columns, rules: [{ name: 'r', sql }] }
  return checkRules(session, contract)
}

describe('a rule', () => {
  test.each([
    ['paid <= "billed amount"', ['paid', 'billed amount']],
    ['PAID > 0 or code is null', ['paid', 'code']],
    [`code in ('a', 'b') and lower(code) like 'x%' and not code ~ '^x'`, ['code']],
    [`date_diff('day', day, sent::date) between 0 and 3`, ['day', 'sent']],
    [`day + interval 3 days > date '2026-01-01'`, ['day']],
    ['coalesce(paid, 0) + abs(-paid) % 2 = round(paid / 3, 1)', ['paid']],
    [`case code when 'a' then paid > 1 else true end -- a remark`, ['code', 'paid']],
    [
      'extract(year from day) = year(sent) and substring(code from 1 for 2) is distinct from nullif(code, code)',
      ['day', 'sent', 'code'],
    ],
  ])('may be %s', async (sql, columns) => {
    const [checked] = await check(sql)
    expect(new Set(checked.columns)).toEqual(new Set(columns))
  })

  test.each([
    ['paid <', 'cannot be read'],
    ['paid > nothing', 'names column nothing, which is not in the contract'],
    ['dataset.paid > 1', 'names column dataset.paid'],
    ['paid > (select 1)', 'subquery'],
    [`exists (from read_csv('/etc/passwd'))`, 'subquery'],
    ['paid in (select 1)', 'subquery'],
    ['paid > sum(paid) over ()', 'window'],
    ['count(*) > 1', 'calls count_star'],
    ['sum(paid) > 1', 'calls sum'],
    ['lower(distinct code) = code', 'calls lower as an aggregate'],
    [`getenv('HOME') = code`, 'calls getenv'],
    [`getvariable('assay_pseudonym_key') = code`, 'calls getvariable'],
    [`read_text('/etc/passwd') = code`, 'calls read_text'],
    [`current_setting('threads') = code`, 'calls current_setting'],
    ['random() < paid', 'calls random'],
    ['now() > sent', 'calls now'],
    ['current_date > day', 'names column current_date'],
    [`repeat(code, 1000000) = 'a'`, 'calls repeat'],
    ['columns(*) > 1', 'star'],
    ['paid > $1', 'parameter'],
    ['list_transform([paid], lambda x: x + 1) = [1]', 'calls list_transform'],
    ['paid > 1, paid < 2', 'calls row'],
    ['paid) from range(3) t(paid) where (true', 'more than one expression'],
    ['paid > 1); drop table x; select (1', ''],
    ['paid > 1) union select (true', 'more than one expression'],
    ['paid > 1) limit (1', 'more than one expression'],
    ['paid + 1', 'it gives double; wanted true or false'],
    ['code > 1 and day > 3', 'does not fit the columns'],
    [`code = main.getenv('HOME')`, 'getenv'],
  ])('is RULE_INVALID: %s', async (sql, words) => {
    await expect(check(sql)).rejects.toMatchObject({ code: 'RULE_INVALID', message: expect.stringContaining(words) })
    await expect(check(sql)).rejects.toThrow(/^Rule r of the contract/)
  })
})

it('a session reaches no file but those it was given, and takes no settings', async () => {
  for (const sql of [
    `from read_text('/etc/hostname')`,
    `copy (select 1) to '/tmp/assay-escaped.csv'`,
    `set enable_external_access = true`,
    `set allowed_directories = ['/']`,
    `install httpfs`,
    `attach '/tmp/assay-escaped.db' as other`,
  ])
    await expect(session.rows(sql)).rejects.toThrow(/(Permission|Invalid Input|disabled|locked)/i)
  await session.rows(`copy (select 1 as a) to '${folder}/inside.csv'`)
  expect(fs.existsSync(path.join(folder, 'inside.csv'))).toBe(true)
})
