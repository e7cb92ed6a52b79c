import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { Config } from '../../platform/index.ts'
import {
  checkBuild,
  checkConfig,
  checkDatabase,
  checkDisk,
  checkExposure,
  checkHome,
  checkMemory,
  checkNode,
  checkPort,
  type Finding,
} from './checks.ts'
import { readDatabase, readHome, readMemoryBytes, readPort } from './facts.ts'

export type { Finding } from './checks.ts'

/**
 * Examines the installation and names what is wrong and what to do. Starts nothing and changes nothing.
 * @param root   the folder of the package
 * @param load   reads the configuration; its refusal becomes a finding, and what depends on it is left out
 * @returns one finding a check, in the order in which they should be mended
 */
export async function examine(root: string, load: () => Config): Promise<Finding[]> {
  const findings = [
    checkNode(process.versions.node),
    checkBuild({
      hasKernels: fs.existsSync(path.join(root, 'build/kernels.wasm')),
      hasUi: fs.existsSync(path.join(root, 'build/web/index.html')),
    }),
    checkMemory(readMemoryBytes()),
  ]
  let config: Config
  try {
    config = load()
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    return [...findings, checkConfig(undefined, error.message)]
  }
  const home = readHome(config.home)
  return [
    ...findings,
    checkConfig(config.configFile, undefined),
    checkHome(home),
    checkDisk(home),
    checkDatabase(await readDatabase(config)),
    checkPort({ host: config.host, port: config.port, user: await readPort(config) }),
    checkExposure(config),
  ]
}
