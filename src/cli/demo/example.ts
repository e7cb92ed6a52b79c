import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { ProjectFlags } from '../project-flags.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../examples')
/** Flags that leave an example what it is. */
const NEUTRAL = ['data', 'target', 'folds']

/**
 * The example that is made for a data file, by the file's name and target, unless the flags describe a project themselves.
 * @returns its name
 */
export function findExample(flags: ProjectFlags, examples = EXAMPLES): string | undefined {
  const describes = Object.entries(flags).some(([name, value]) => value !== undefined && !NEUTRAL.includes(name))
  if (!flags.data || describes || !fs.existsSync(examples)) return undefined
  return fs.readdirSync(examples).find((name) => {
    const file = path.join(examples, name, 'assay.yaml')
    if (!fs.existsSync(file)) return false
    const project = parse(fs.readFileSync(file, 'utf8')) as { data?: { path?: string }; target?: string }
    const isSameFile = path.basename(project.data?.path ?? '') === path.basename(flags.data!)
    return isSameFile && (flags.target === undefined || flags.target === project.target)
  })
}
