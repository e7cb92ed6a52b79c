/** Assay's own settings: a source may not send them anywhere. */
const OWN = /^(ASSAY_.*|DATABASE_URL|ARTIFACT_URL)$/

/** The environment variables that a source may name for its credentials: all but Assay's own. */
export function sourceEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OWN.test(name)))
}
