import type { ModelVersion } from './schemas.ts'

type Comparable = Pick<ModelVersion, 'signature' | 'artifact'>

/**
 * The next semantic version: major when the target or the input columns change (callers must change), minor for another fit,
 * patch when only threshold or metadata differ. The first is 1.0.0.
 */
export function proposeVersion(latest: (Comparable & { version: string }) | undefined, next: Comparable): string {
  if (!latest) return '1.0.0'
  const [major, minor, patch] = latest.version.split('.').map(Number)
  if (interfaceOf(latest) !== interfaceOf(next)) return `${major + 1}.0.0`
  if (latest.artifact !== next.artifact) return `${major}.${minor + 1}.0`
  return `${major}.${minor}.${patch + 1}`
}

function interfaceOf({ signature }: Comparable): string {
  const columns = signature.columns.map(({ name, kind }) => `${name}:${kind}`).sort()
  return JSON.stringify([signature.target, signature.positive, columns])
}
