/** What the page Explain shows; without a version the champion, without a prediction the model as a whole. */
export type ExplainPlace = {
  model?: string | null
  version?: string | null
  feature?: string | null
  /** Empty for the field in which to name one. */
  prediction?: string | null
}

/** The address of a place on the page Explain. */
export function explainPath(place: ExplainPlace): string {
  const search = new URLSearchParams(
    (['model', 'version', 'feature', 'prediction'] as const).flatMap((name) =>
      place[name] == null ? [] : [[name, place[name]]],
    ),
  ).toString()
  return search === '' ? '/explain' : `/explain?${search}`
}

/** The place that an address names. */
export const explainPlace = (search: URLSearchParams) => ({
  model: search.get('model'),
  version: search.get('version'),
  feature: search.get('feature'),
  prediction: search.get('prediction'),
})
