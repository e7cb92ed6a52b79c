/** What a training was given, as tracking keeps it: texts. Options that are objects, such as `monotone`, are JSON. */
export function trackedParameters(parameters: Record<string, unknown>): Record<string, string> {
  const textOf = (value: unknown): string =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, textOf(value)]))
}
