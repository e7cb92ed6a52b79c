import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pseudonym } from '../policies/hmac-key.ts'
import { openKeys, type Keys } from './keys.ts'

let directory: string
let open: Keys[]
beforeEach(() => {
  directory = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'assay-keys-')), 'keys')
  open = []
})
afterEach(async () => {
  for (const keys of open) await keys.close()
  fs.rmSync(path.dirname(directory), { recursive: true })
})

/** The keys as one more process opens them. */
function opened(homeKey?: string): Keys {
  const keys = openKeys({ directory, homeKey })
  open.push(keys)
  return keys
}
const filesIn = (folder: string) =>
  fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

describe('the home key', () => {
  test('is made at the first start, for its owner alone, and found again', () => {
    const [value] = opened().pseudonyms.pseudonyms('4711')
    expect(fs.statSync(directory).mode & 0o777).toBe(0o700)
    for (const file of filesIn(directory))
      expect(fs.statSync(path.join(file.parentPath, file.name)).mode & 0o777).toBe(0o600)
    expect(opened().pseudonyms.pseudonyms('4711')).toEqual([value])
  })

  test('may come from outside, and then lies nowhere', () => {
    const given = 'ab'.repeat(32)
    opened(given)
    expect(fs.existsSync(path.join(directory, 'home.key'))).toBe(false)
    for (const file of filesIn(directory))
      expect(fs.readFileSync(path.join(file.parentPath, file.name), 'hex')).not.toContain(given)
    opened(given)
  })

  test('is refused when it is another one, before anything is done with it', () => {
    opened('ab'.repeat(32))
    expect(() => opened('cd'.repeat(32))).toThrow(expect.objectContaining({ code: 'HOME_KEY_WRONG' }))
  })

  test('is not made anew when it was lost', () => {
    opened()
    fs.rmSync(path.join(directory, 'home.key'))
    expect(() => opened()).toThrow(expect.objectContaining({ code: 'HOME_KEY_MISSING' }))
  })

  test('is refused when its file is no key', () => {
    fs.mkdirSync(directory)
    fs.writeFileSync(path.join(directory, 'home.key'), 'secret')
    expect(() => opened()).toThrow(expect.objectContaining({ code: 'HOME_KEY_WRONG' }))
  })
})

describe('pseudonym keys', () => {
  test('change by rotation, and the old one still finds what it made', () => {
    const { pseudonyms } = opened()
    const before = pseudonym(pseudonyms.current(), '4711')
    expect(pseudonyms.rotate().id).toBe('p2')
    const after = pseudonym(pseudonyms.current(), '4711')
    expect(after).not.toBe(before)
    expect(pseudonyms.pseudonyms('4711')).toEqual([before, after])
    expect(opened().pseudonyms.current().id).toBe('p2')
  })

  test('that another process made are known to who asks for all', () => {
    const [one, other] = [opened(), opened()]
    one.pseudonyms.rotate()
    expect(other.pseudonyms.all().map(({ id }) => id)).toEqual(['p1', 'p2'])
    expect(other.pseudonyms.rotate().id).toBe('p3')
  })

  test('that were altered are told', () => {
    opened()
    const file = path.join(directory, 'pseudonyms', 'p1.key')
    const text = fs.readFileSync(file, 'utf8')
    fs.writeFileSync(
      file,
      text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    )
    expect(() => opened()).toThrow(expect.objectContaining({ code: 'KEY_DAMAGED' }))
  })
})

describe('data keys', () => {
  test('open what they sealed, in every process, and only beside what it belongs to', async () => {
    const { data } = opened()
    const [key] = await data.of(['subject:4711'])
    const sealed = key.seal('Žižek 日本', 'prediction 1')
    expect(sealed.includes('Žižek')).toBe(false)
    expect(opened().data.open(sealed, 'prediction 1')).toBe('Žižek 日本')
    expect(() => data.open(sealed, 'prediction 2')).toThrow(expect.objectContaining({ code: 'KEY_DAMAGED' }))
  })

  test('seal the same text differently each time, and digest it equally under one key alone', async () => {
    const [a, again, b] = await opened().data.of(['subject:a', 'subject:a', 'subject:b'])
    expect(a.seal('x', '1').equals(again.seal('x', '1'))).toBe(false)
    expect(a.digest('x')).toBe(again.digest('x'))
    expect(a.digest('x')).not.toBe(b.digest('x'))
    expect(a.digest('x')).not.toBe(a.digest('y'))
  })

  test('are made once for an owner in a process', async () => {
    const { data } = opened()
    await data.of(['subject:a', 'subject:b', 'subject:a'])
    await data.of(['subject:b'])
    expect(await data.count(['subject:a', 'subject:b'])).toBe(2)
  })

  test('once destroyed open nothing, whichever process made or destroyed them, and leave others alone', async () => {
    const [one, other] = [opened(), opened()]
    const [mine] = await one.data.of(['subject:4711'])
    const [theirs, neighbour] = await other.data.of(['subject:4711', 'subject:12'])
    const sealed = [mine.seal('a', '1'), theirs.seal('b', '2')]
    const kept = neighbour.seal('c', '3')
    expect(await one.data.destroy(['subject:4711'])).toBe(2)
    for (const { data } of [one, other, opened()]) {
      expect(data.open(sealed[0], '1')).toBeUndefined()
      expect(data.open(sealed[1], '2')).toBeUndefined()
      expect(data.open(kept, '3')).toBe('c')
      expect(await data.count(['subject:4711'])).toBe(0)
    }
    expect(await one.data.destroy(['subject:4711'])).toBe(0)
  })

  test('leave no byte of themselves in a file when they are destroyed', async () => {
    const { data } = opened()
    await data.of(['subject:4711'])
    const [file] = filesIn(path.join(directory, 'data')).map((entry) => path.join(entry.parentPath, entry.name))
    expect(fs.readFileSync(file).some((byte) => byte !== 0)).toBe(true)
    await data.destroy(['subject:4711'])
    expect(fs.readFileSync(file).every((byte) => byte === 0)).toBe(true)
  })

  test('of a destroyed owner who comes again are new, also in a process that knew the old one', async () => {
    const [one, other] = [opened(), opened()]
    const [before] = await one.data.of(['subject:4711'])
    const sealed = before.seal('old', '1')
    await other.data.destroy(['subject:4711'])
    const [after] = await one.data.of(['subject:4711'])
    expect(one.data.open(after.seal('new', '2'), '2')).toBe('new')
    expect(one.data.open(sealed, '1')).toBeUndefined()
  })

  test('tell a lost file from an erased key', async () => {
    const { data } = opened()
    const [key] = await data.of(['subject:4711'])
    const sealed = key.seal('a', '1')
    for (const file of filesIn(path.join(directory, 'data'))) fs.rmSync(path.join(file.parentPath, file.name))
    expect(() => opened().data.open(sealed, '1')).toThrow(expect.objectContaining({ code: 'DATA_KEY_MISSING' }))
  })

  test('of many owners at once are all found again', async () => {
    const { data } = opened()
    const owners = Array.from({ length: 1_050 }, (_, i) => `subject:${i}`)
    const sealed = (await data.of(owners)).map((key, i) => key.seal(`text ${i}`, String(i)))
    await data.of(owners)
    const other = opened().data
    expect(sealed.map((bytes, i) => other.open(bytes, String(i)))).toEqual(owners.map((_, i) => `text ${i}`))
    expect(await data.count(owners)).toBe(1_050)
  })
})
