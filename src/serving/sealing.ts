import { AssayError } from '../errors/index.ts'
import { pseudonym, subjectOwner, type DataKey, type Keys } from '../privacy/index.ts'
import { predictionTime } from './prediction-id.ts'

/** Whom inputs are about, as the caller says it: one subject for all of them, or one for each. */
export type NamedSubjects = { subject?: string; subjects?: (string | null)[] }

/** How one input is sealed, and the subject's pseudonym when there is one. */
export type InputSeal = { key: DataKey; subject: string | null }

/** The seal over logged inputs: the key of the subject where one is named, else the key of the day. */
export type Sealing = {
  /** One for each input. @throws SUBJECTS_INVALID */
  of(named: NamedSubjects, nRows: number): Promise<InputSeal[]>
  /** The input of a prediction; `undefined` after its subject was erased. */
  open(sealed: Buffer, predictionId: string): string | undefined
  /** The seals of predictions logged at some time without a subject. */
  ofDays(ids: readonly string[]): Promise<DataKey[]>
}

const dayOwner = (atMs: number) => `day:${new Date(atMs).toISOString().slice(0, 10)}`

export function createSealing({ data, pseudonyms }: Pick<Keys, 'data' | 'pseudonyms'>, clock: () => number): Sealing {
  let today: { owner: string; seal: Promise<InputSeal> } | undefined

  /** One key a day and process: nobody erases a day while it lasts. */
  function ofToday(): Promise<InputSeal> {
    const owner = dayOwner(clock())
    if (today?.owner !== owner) {
      const seal = data.of([owner]).then(([key]) => ({ key, subject: null }))
      today = { owner, seal }
      seal.catch(() => (today = undefined))
    }
    return today.seal
  }

  return {
    async of(named, nRows) {
      const subjects = subjectList(named, nRows)
      if (!subjects) return Array.from<InputSeal>({ length: nRows }).fill(await ofToday())
      const present = subjects.filter((subject) => subject !== null)
      const keys = await data.of(present.map(subjectOwner))
      const day = present.length < nRows ? await ofToday() : undefined
      let next = 0
      return subjects.map((subject) =>
        subject === null ? day! : { key: keys[next++], subject: pseudonym(pseudonyms.current(), subject) },
      )
    },
    open: (sealed, predictionId) => data.open(sealed, predictionId),
    ofDays: (ids) => data.of(ids.map((id) => dayOwner(predictionTime(id)!.getTime()))),
  }
}

/** One subject or null for each input; `undefined` when none is named. */
function subjectList({ subject, subjects }: NamedSubjects, nRows: number): (string | null)[] | undefined {
  if (subject !== undefined && subjects !== undefined)
    throw new AssayError('SUBJECTS_INVALID', { given: 'both subject and subjects', nRows })
  if (subjects !== undefined && subjects.length !== nRows)
    throw new AssayError('SUBJECTS_INVALID', { given: `${subjects.length} subjects`, nRows })
  if (subject !== undefined) return Array.from<string>({ length: nRows }).fill(subject)
  return subjects
}
