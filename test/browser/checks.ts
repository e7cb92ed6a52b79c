/** Checks one after the other, a line each; a check that fails does not keep the next from running. */
export type Checks = {
  /** Runs one check. @returns whether it passed */
  check(name: string, work: () => unknown): Promise<boolean>
  /** Prints the closing line. @returns the exit code */
  close(): number
}

export function createChecks(print: (line: string) => void): Checks {
  let nPassed = 0
  let nFailed = 0
  return {
    async check(name, work) {
      const startedAt = performance.now()
      try {
        await work()
      } catch (error) {
        nFailed++
        print(`failed  ${name}\n        ${reasonOf(error).replaceAll('\n', '\n        ')}`)
        return false
      }
      nPassed++
      const tookMs = performance.now() - startedAt
      print(`passed  ${name}${tookMs < 1_000 ? '' : ` (${(tookMs / 1_000).toFixed(1)} s)`}`)
      return true
    },
    close() {
      // Nothing looked at is not a success.
      const isGood = nFailed === 0 && nPassed > 0
      print(`${nPassed} passed, ${nFailed} failed`)
      return isGood ? 0 : 1
    },
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
