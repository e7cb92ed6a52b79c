import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectOf } from './project-of.ts'

let folder: string
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-project-of-'))
  const beside = [{ path: 'labels/label.dat', names: ['label'] }]
  const data = { kind: 'csv', path: 'table.dat', delimiter: ' ', header: false, names: ['a', 'b'], beside }
  await fs.writeFile(path.join(folder, 'assay.yaml'), stringify({ name: 'p', model: 'm', data, target: 'label' }))
})
afterAll(() => fs.rm(folder, { recursive: true }))

test("a file in the place of a project's own is read as the project says, with the files beside it", async () => {
  const { data, target } = await projectOf({ project: folder, data: '/elsewhere/other.dat' })
  expect(target).toBe('label')
  expect(data).toEqual({
    kind: 'csv',
    path: '/elsewhere/other.dat',
    delimiter: ' ',
    header: false,
    names: ['a', 'b'],
    beside: [{ path: '/elsewhere/labels/label.dat', names: ['label'] }],
  })
})

test('a file of another kind is read as that kind', async () => {
  const { data } = await projectOf({ project: folder, data: '/elsewhere/claims.parquet' })
  expect(data).toEqual({ kind: 'parquet', path: '/elsewhere/claims.parquet' })
})

test('a file alone needs the name of its target', async () => {
  await expect(projectOf({ data: '/elsewhere/claims.csv' })).rejects.toMatchObject({ code: 'PROJECT_INVALID' })
  expect(await projectOf({ data: '/elsewhere/claims.csv', target: 'fraud' })).toMatchObject({
    name: 'claims',
    target: 'fraud',
    data: { kind: 'csv', path: '/elsewhere/claims.csv' },
  })
})
