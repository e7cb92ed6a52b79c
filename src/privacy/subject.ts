import type { Keys } from './keys/keys.ts'

/** A person that data is about, as rooms look for them. Held in memory alone. */
export type Subject = {
  /** as callers and sources write it */
  value: string
  /** every pseudonym it may have been given, by key */
  pseudonyms: string[]
}

export const subjectOf = (keys: Pick<Keys, 'pseudonyms'>, value: string): Subject => ({
  value,
  pseudonyms: keys.pseudonyms.pseudonyms(value),
})

/** The owner of the keys that what is stored of a subject is sealed with. */
export const subjectOwner = (value: string) => `subject:${value}`
