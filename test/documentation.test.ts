import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const docs = path.join(root, 'docs')
const algorithms = (await fs.readdir(path.join(docs, 'algorithms'))).filter((name) => name.endsWith('.md'))
const pages = ['explain.md', ...algorithms.map((name) => path.join('algorithms', name))]

/** A program, and behind it what it says that it prints. */
const EXAMPLE = /```ts\n(.*?)```\s+prints\s+```text\n(.*?)```/gs

it('there are pages', () => expect(algorithms).not.toEqual([]))

it.each(pages)('the examples of %s print what the page says', async (page) => {
  const text = await fs.readFile(path.join(docs, page), 'utf8')
  const examples = [...text.matchAll(EXAMPLE)]
  expect(examples).not.toEqual([])
  for (const [, program, printed] of examples) expect(await run(program)).toBe(printed)
})

/** Runs a program as if it lay in the root of the repository. */
async function run(program: string): Promise<string> {
  const directory = await fs.mkdtemp(path.join(root, 'build', 'example-'))
  try {
    const file = path.join(directory, 'example.ts')
    await fs.writeFile(file, program.replaceAll("from './", "from '../../"))
    const { stdout } = await promisify(execFile)(process.execPath, [file])
    return stdout
  } finally {
    await fs.rm(directory, { recursive: true })
  }
}
