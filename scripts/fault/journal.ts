import fs from 'node:fs'

export type AcknowledgedKind = 'prediction' | 'outcome' | 'run' | 'vote'

/** What was acknowledged, in a file outside Assay: one line as soon as the answer has come. */
export class Journal {
  readonly #file: string
  constructor(file: string) {
    this.#file = file
    fs.writeFileSync(file, '')
  }

  append(kind: AcknowledgedKind, ids: string[]): void {
    fs.appendFileSync(this.#file, ids.map((id) => `${kind} ${id}\n`).join(''))
  }

  read(): Map<AcknowledgedKind, Set<string>> {
    const found = new Map<AcknowledgedKind, Set<string>>()
    for (const line of fs.readFileSync(this.#file, 'utf8').split('\n')) {
      const [kind, id] = line.split(' ') as [AcknowledgedKind, string]
      if (!id) continue
      if (!found.has(kind)) found.set(kind, new Set())
      found.get(kind)!.add(id)
    }
    return found
  }
}

/** One line of the interpreter's effect log: `run step attempt key inputHash`, written after the effect was committed. */
export function countRepeats(effectLog: string): number {
  if (!fs.existsSync(effectLog))
    throw new Error(`no effect was ever logged to ${effectLog}: the test looked at nothing`)
  const seen = new Set<string>()
  let nRepeats = 0
  for (const line of fs.readFileSync(effectLog, 'utf8').split('\n')) {
    const [run, step, attempt, key] = line.split(' ')
    if (!key) continue
    // A step ends once, whatever the attempt; its other effects are made once an attempt.
    const effect = key === 'end' ? `${run} ${step} end` : `${run} ${step} ${attempt} ${key}`
    if (seen.has(effect)) nRepeats++
    seen.add(effect)
  }
  return nRepeats
}
