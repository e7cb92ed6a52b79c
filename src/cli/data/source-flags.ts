import type { Command } from 'commander'
import fs from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import type { SourceSpec } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'

export type SourceFlags = { source?: string; contract?: string }

export function addSourceFlags(command: Command, withoutContract = 'inferred from the data when left out'): Command {
  return command
    .option('--source <file>', 'a source in YAML instead of a file: CSV with its dialect, PostgreSQL, HTTP ...')
    .option('--contract <file>', `contract in YAML; ${withoutContract}`)
}

/**
 * The source that a file or `--source` means, its paths absolute. It is not checked further: whoever reads it does.
 * @throws USAGE_INVALID unless exactly one is given, FILE_UNREADABLE
 */
export async function readSourceFlags(
  file: string | undefined,
  { source }: SourceFlags,
  cwd: string,
): Promise<SourceSpec> {
  if ((file === undefined) === (source === undefined))
    throw new AssayError('USAGE_INVALID', { what: 'the command needs either a file or --source FILE' })
  if (file !== undefined) {
    // Loaded only here, for the room data is larger than most commands.
    const { sourceOfFile } = await import('../../data/index.ts')
    return sourceOfFile(path.resolve(cwd, file))
  }
  return readSpec(path.resolve(cwd, source!))
}

async function readSpec(file: string): Promise<SourceSpec> {
  const text = await readTextFile(file)
  let spec: Record<string, unknown>
  try {
    spec = Object(parse(text)) as Record<string, unknown>
  } catch (cause) {
    throw new AssayError('FILE_UNREADABLE', { file, reason: (cause as Error).message }, { cause })
  }
  const absolute = (entry: Record<string, unknown>) =>
    typeof entry.path === 'string' ? { ...entry, path: path.resolve(path.dirname(file), entry.path) } : entry
  const beside = Array.isArray(spec.beside) ? { beside: spec.beside.map(absolute) } : {}
  return { ...absolute(spec), ...beside } as SourceSpec
}

/** @throws FILE_UNREADABLE */
export function readTextFile(file: string): Promise<string> {
  return fs.readFile(file, 'utf8').catch((cause: Error) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
  })
}
