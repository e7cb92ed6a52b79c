import type { errorRegistry } from './registry.ts'

/** The codes of the registry. */
export type ErrorCode = keyof typeof errorRegistry

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** The details a code's text needs, e.g. `{ what, id }` for NOT_FOUND. */
export type ErrorDetails<Code extends ErrorCode> = Record<
  Placeholders<(typeof errorRegistry)[Code]['text']>,
  string | number
>
