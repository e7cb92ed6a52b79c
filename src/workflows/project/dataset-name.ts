import path from 'node:path'

/** A file's name as the name of a dataset, a project or a model. */
export function datasetName(file: string): string {
  const name = path
    .basename(file)
    .replace(/\.[^]*$/, '')
    .replace(/[^a-zA-Z0-9_-]/g, '-')
    .slice(0, 50)
  return name || 'claims'
}
