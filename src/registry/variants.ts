import { AssayError } from '../errors/index.ts'
import type { Variant } from './schemas.ts'

/**
 * Holds the wish for a deployment against what the registry knows: the champion, and nothing else, answers; staging and shadow
 * take no share. So nobody gets a version into production past its approval.
 * @param champion version in production, undefined when there is none
 * @throws DEPLOYMENT_INVALID with the rule that is broken
 */
export function checkVariants(model: string, variants: Variant[], champion: string | undefined): void {
  const refuse = (reason: string) => new AssayError('DEPLOYMENT_INVALID', { model, reason })
  const roles = new Set(variants.map((variant) => variant.role))
  if (roles.size < variants.length) throw refuse('two variants have one role; wanted one each')
  const answering = variants.find((variant) => variant.role === 'champion')?.version
  if (answering !== champion)
    throw refuse(`its champion variant is ${answering ?? 'missing'}, but ${champion ?? 'nothing'} is in production`)
  for (const { role, version, share } of variants) {
    const wanted = role === 'champion' ? 1 : 0
    if (share !== wanted) throw refuse(`${role} ${version} has the share ${share} of the answers; wanted ${wanted}`)
  }
}

/** The variants once `champion` answers: other versions stay in staging and shadow. */
export function withChampion(variants: Variant[], champion: string): Variant[] {
  const others = variants.filter(({ role, version }) => role !== 'champion' && version !== champion)
  return [{ version: champion, role: 'champion', share: 1 }, ...others]
}
