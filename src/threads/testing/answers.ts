import type { PrepareAnswers } from '../task.ts'

export type TestInput = { greeting: string; fails?: boolean; gate?: Int32Array<SharedArrayBuffer> }
export type TestRequest = { act: 'greet' | 'count' | 'fail' | 'throw-later' | 'exit' | 'wait'; name?: string }

/** Answers for the tests of the thread: what each does is said by the request. */
export const prepareAnswers: PrepareAnswers<TestInput, TestRequest, unknown> = async ({ greeting, fails, gate }) => {
  if (fails) throw new Error('no such data')
  let nAnswered = 0
  return async ({ act, name }) => {
    nAnswered++
    if (act === 'fail') throw new RangeError('five is too much', { cause: new Error('root') })
    if (act === 'exit') process.exit(3)
    if (act === 'throw-later') await new Promise(() => setImmediate(fail))
    if (act === 'wait') Atomics.wait(gate!, 0, 0)
    return act === 'count' ? nAnswered : `${greeting}, ${name}`
  }
}

function fail(): never {
  throw new Error('nobody caught this')
}
