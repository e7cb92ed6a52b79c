import { AssayError } from '../../errors/index.ts'
import type { SourceContext } from './relation.ts'

/** What an environment variable that a spec names holds. @throws SOURCE_ENV_INVALID when it is not set */
export function readEnv(name: string, { env }: Pick<SourceContext, 'env'>): string {
  const value = env[name]
  if (!value) throw new AssayError('SOURCE_ENV_INVALID', { name, reason: 'is not set' })
  return value
}
