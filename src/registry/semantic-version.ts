import type { Signature } from './schemas.ts'

/** What decides how far a version is from the one before. */
export type Versioned = { artifact: string; signature: Signature }

/**
 * The next semantic version after the highest one. The first is 1.0.0; then major when whoever calls the model has to change
 * (see `breaksCallers`), minor for another model file, patch when only threshold or metadata differ.
 */
export function proposeVersion(highest: (Versioned & { version: string }) | undefined, next: Versioned): string {
  if (!highest) return '1.0.0'
  const [major, minor, patch] = versionParts(highest.version)
  if (breaksCallers(highest.signature, next.signature)) return `${major + 1}.0.0`
  if (highest.artifact !== next.artifact) return `${major}.${minor + 1}.0`
  return `${major}.${minor}.${patch + 1}`
}

/** Major, minor and patch, or undefined when the text is not `major.minor.patch`. */
export function findVersionParts(version: string): [number, number, number] | undefined {
  const match = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.exec(version)
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined
}

function versionParts(version: string): [number, number, number] {
  const parts = findVersionParts(version)
  if (!parts) throw new Error(`stored version ${version} is not semantic`)
  return parts
}

/**
 * Whether inputs or answers of the old signature mean something else under the new one: another target, a column more or less,
 * a column of another kind, format or unit, or one that has become required. Levels and ranges follow the data and break nobody.
 */
export function breaksCallers(old: Signature, next: Signature): boolean {
  if (old.target !== next.target || old.positive !== next.positive) return true
  if (old.columns.length !== next.columns.length) return true
  const known = new Map(old.columns.map((column) => [column.name, column]))
  return next.columns.some((column) => {
    const before = known.get(column.name)
    if (!before || before.kind !== column.kind) return true
    if (before.format !== column.format || before.unit !== column.unit) return true
    return column.required && !before.required
  })
}
