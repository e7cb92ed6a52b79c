import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadProject, resolveProject } from './load-project.ts'

let folder: string
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-project-'))
})
afterAll(() => fs.rm(folder, { recursive: true }))

const minimal = { name: 'p', model: 'm', data: { kind: 'csv', path: 'claims.csv' }, target: 'fraud' }
const resolve = (given: object) => resolveProject(given as never, { folder, file: 'assay.yaml' })

test('fills in the defaults and makes paths absolute', async () => {
  const project = await resolve({ ...minimal, folds: 'folds.csv' })
  expect(project).toMatchObject({
    data: { kind: 'csv', path: path.join(folder, 'claims.csv') },
    foldsPath: path.join(folder, 'folds.csv'),
    training: {
      algorithms: ['random_forest', 'logistic_regression', 'gradient_boosting'],
      options: {},
      selectBy: 'rocAuc',
      calibration: 'none',
      split: 'random',
      nFolds: 5,
      testShare: 0.2,
      seed: 42,
    },
    decision: { threshold: 'best-f1' },
    profile: 'development',
    protected: [],
  })
})

test.each([
  ['an unknown key', { ...minimal, tagret: 'x' }, 'additional'],
  ['a value out of range', { ...minimal, training: { options: { random_forest: { nTrees: 0 } } } }, 'nTrees'],
  ['an unknown option', { ...minimal, training: { options: { random_forest: { trees: 5 } } } }, 'trees'],
  [
    'options of an algorithm that is not trained',
    { ...minimal, training: { algorithms: ['random_forest'], options: { logistic_regression: {} } } },
    '/training/options/logistic_regression',
  ],
  [
    'a direction that is none',
    { ...minimal, training: { options: { gradient_boosting: { monotone: { amount: 'up' } } } } },
    'increasing or decreasing each',
  ],
  ['threads', { ...minimal, training: { options: { random_forest: { nThreads: 2 } } } }, 'nThreads'],
  ['an unknown algorithm', { ...minimal, training: { algorithms: ['guessing'] } }, '/training/algorithms/0'],
  ['lowest cost without costs', { ...minimal, decision: { threshold: 'lowest-cost' } }, '/decision/costs'],
  ['a named split of a file', { ...minimal, folds: 'split:cv' }, '/folds'],
  ['no target', { ...minimal, target: undefined }, 'target'],
  ['an unknown kind of data', { ...minimal, data: { kind: 'excel', path: 'x' } }, '/data'],
  ['a name with a slash', { ...minimal, name: '../x' }, '/name'],
])('refuses %s by name', async (_, given, part) => {
  await expect(resolve(given)).rejects.toMatchObject({
    code: 'PROJECT_INVALID',
    message: expect.stringContaining(part),
  })
})

test('names a contract or project that does not exist', async () => {
  await expect(resolve({ ...minimal, contract: 'none.yaml' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(loadProject(folder)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('refuses a file that is not YAML', async () => {
  await fs.writeFile(path.join(folder, 'assay.yaml'), 'name: [')
  await expect(loadProject(folder)).rejects.toMatchObject({ code: 'PROJECT_INVALID' })
})
