import { threadId } from 'node:worker_threads'
import type { PrepareTask } from '../task.ts'

type Input = { act: string; sums?: Int32Array<SharedArrayBuffer> }

let seen: WeakRef<Input> | undefined

/** Tasks for the tests of the team: what each does is said by the input. */
export const prepareTask: PrepareTask<Input, number> = (input) => {
  const { act, sums } = input
  if (act === 'fail-to-start') throw new Error('no such data')
  const isGone = seen !== undefined && seen.deref() === undefined
  seen = new WeakRef(input)
  return (task, report) => {
    if (act === 'spin' || (act === 'spin-after-3' && task >= 3)) for (;;) if (Math.random() > 2) break
    if (act === 'fail-at-5' && task === 5) throw new RangeError('five is too much', { cause: new Error('root') })
    if (act === 'exit') process.exit(3)
    if (act === 'report') report(`task ${task}`)
    if (act === 'tell-thread') report({ threadId, isGone })
    if (sums) Atomics.add(sums, 0, task)
    return { result: task * task }
  }
}
