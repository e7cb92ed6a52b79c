import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { AnsweringThread, NoAnswerError } from './index.ts'
import type { TestInput, TestRequest } from './testing/answers.ts'

const module = new URL('./testing/answers.ts', import.meta.url)
const gate = new Int32Array(new SharedArrayBuffer(4))
const opened: AnsweringThread<TestRequest, unknown>[] = []
afterEach(async () => {
  open()
  for (const thread of opened.splice(0)) await thread.close()
  gate[0] = 0
})

function open(): void {
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
}

function threadOf(input: Partial<TestInput> = {}, maxWaiting = 10): AnsweringThread<TestRequest, unknown> {
  const thread = new AnsweringThread<TestRequest, unknown>({
    module,
    input: () => ({ greeting: 'good morning', gate, ...input }),
    maxWaiting,
  })
  opened.push(thread)
  return thread
}

const greet = (name: string): TestRequest => ({ act: 'greet', name })
const noAnswer = (reason: string, message: string) =>
  expect.objectContaining({ name: 'NoAnswerError', reason, message })

it('answers requests in one thread that stays', async () => {
  const thread = threadOf()
  expect(await Promise.all(['Ada', 'Grace'].map((name) => thread.ask(greet(name))))).toEqual([
    'good morning, Ada',
    'good morning, Grace',
  ])
  expect(await thread.ask({ act: 'count' })).toBe(3)
})

it('passes on what its module throws, and goes on', async () => {
  const thread = threadOf()
  await expect(thread.ask({ act: 'fail' })).rejects.toMatchObject({
    name: 'RangeError',
    message: 'five is too much',
    cause: { message: 'root' },
  })
  expect(await thread.ask({ act: 'count' })).toBe(2)
})

it('rejects what cannot be cloned, and goes on', async () => {
  const thread = threadOf()
  const [bad, good] = [thread.ask({ ...greet('Ada'), reply: () => {} } as never), thread.ask(greet('Grace'))]
  await expect(bad).rejects.toMatchObject({ name: 'DataCloneError' })
  expect(await good).toBe('good morning, Grace')
})

it.each([
  ['exit', 'The thread ended (exit code 3)'],
  ['throw-later', 'The thread ended (nobody caught this)'],
] as const)(
  'rejects the request over which the thread ends (%s); those behind it go on in another',
  async (act, told) => {
    const thread = threadOf()
    await thread.ask(greet('Ada'))
    const dying = thread.ask({ act })
    const behind = [thread.ask({ act: 'count' }), thread.ask({ act: 'count' })]
    await expect(dying).rejects.toEqual(noAnswer('ended', told))
    expect(await Promise.all(behind)).toEqual([1, 2])
  },
)

it('rejects every request where the thread cannot begin', async () => {
  const thread = threadOf({ fails: true })
  const asked = [thread.ask(greet('Ada')), thread.ask(greet('Grace'))]
  for (const each of asked) await expect(each).rejects.toEqual(noAnswer('ended', 'The thread ended (no such data)'))
  const missing = new AnsweringThread({ module: new URL('./none.ts', module), input: () => ({}), maxWaiting: 1 })
  await expect(missing.ask(1)).rejects.toThrow(/Cannot find module/)
})

it('lets no more wait than may', async () => {
  const thread = threadOf({}, 1)
  const first = thread.ask({ act: 'wait', name: 'Ada' })
  const second = thread.ask(greet('Grace'))
  await expect(thread.ask(greet('Edsger'))).rejects.toEqual(noAnswer('full', '1 requests wait, and no more may.'))
  open()
  expect(await Promise.all([first, second])).toEqual(['good morning, Ada', 'good morning, Grace'])
  expect(await thread.ask(greet('Edsger'))).toBe('good morning, Edsger')
})

it('does not begin what was aborted while it waited, and answers nobody who went', async () => {
  const thread = threadOf({}, 2)
  const controller = new AbortController()
  const { signal } = controller
  const asked = [thread.ask({ act: 'wait' }, { signal }), thread.ask({ act: 'fail' }, { signal })]
  const behind = thread.ask({ act: 'count' })
  controller.abort(new Error('the caller went'))
  for (const each of asked) await expect(each).rejects.toThrow('the caller went')
  open()
  expect(await behind).toBe(2)
  await expect(thread.ask(greet('Ada'), { signal })).rejects.toThrow('the caller went')
})

it('rejects who waits when it is closed, and who comes later', async () => {
  const thread = threadOf()
  const asked = [thread.ask({ act: 'wait' }), thread.ask(greet('Ada'))]
  const seen = Promise.allSettled(asked)
  await thread.close()
  for (const { reason } of (await seen) as PromiseRejectedResult[])
    expect(reason).toEqual(noAnswer('closed', 'The thread was closed before it answered.'))
  await expect(thread.ask(greet('Ada'))).rejects.toBeInstanceOf(NoAnswerError)
  await thread.close()
})

it('does not keep the process alive once it has answered, and does until then', async () => {
  const script = `
    const input = () => ({ greeting: 'hello' })
    import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)}).then(async ({ AnsweringThread }) => {
      const thread = new AnsweringThread({ module: new URL(${JSON.stringify(module.href)}), input, maxWaiting: 1 })
      console.log(await thread.ask({ act: 'greet', name: 'Ada' }))
    })`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script])
  expect(stdout).toBe('hello, Ada\n')
})
