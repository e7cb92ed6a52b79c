import { maskUrl } from './mask.ts'
import type { Config } from './settings.ts'

/** The configuration as `assay config` and the log may show it: without secrets. */
export function describeConfig(config: Config): Record<string, string | number | boolean | string[] | null> {
  const shown = {
    ...config,
    databaseUrl: config.databaseUrl && maskUrl(config.databaseUrl),
    homeKey: config.homeKey && '***',
  }
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, value ?? null]))
}
