import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'

const closed = { additionalProperties: false }
const Count = Type.Integer({ minimum: 0 })
const State = Type.Enum(['succeeded', 'failed'])

const Run = Type.Object(
  {
    rows: Type.Optional(Type.Integer({ minimum: 1, description: 'of the dataset version' })),
    warnings: Type.Optional(Type.Array(Type.String(), { description: 'CODE and column, or CODE alone' })),
    traps: Type.Optional(Type.Array(Type.String(), { description: 'of the learning set, written like warnings' })),
    leftOut: Type.Optional(
      Type.Array(Type.String(), {
        description: 'identifiers that no model sees, told as warnings once the traps are known',
      }),
    ),
    violations: Type.Optional(Type.Record(Type.String(), Count, { description: 'rows by CODE and column or rule' })),
    quarantined: Type.Optional(Count),
    rocAucAtLeast: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 1 }), {
        description: 'mean over the folds, by algorithm',
      }),
    ),
    blocked: Type.Optional(Type.Array(Type.String(), { description: 'gates that stop the run' })),
    waived: Type.Optional(Type.Array(Type.String(), { description: 'gates that the project itself lifts' })),
    undecided: Type.Optional(Type.Array(Type.String(), { description: 'gates too near their limit to be foretold' })),
    waiver: Type.Optional(
      Type.Object(
        { gates: Type.Array(Type.String(), { minItems: 1 }), reason: Type.String({ minLength: 10 }) },
        { ...closed, description: 'what the reviewer lifts once the run has stopped' },
      ),
    ),
    error: Type.Optional(Type.String({ description: 'words that the refusal must contain' })),
    state: State,
  },
  closed,
)

const Expectation = Type.Object(
  {
    data: Type.String({ description: 'file, under the folder of the data sets' }),
    folds: Type.Optional(Type.String({ description: 'given folds, under the same folder' })),
    target: Type.String(),
    configured: Run,
    bare: Run,
  },
  closed,
)

/** What a run must show; what is left out must be empty. */
export type ExpectedRun = Static<typeof Run>
export type Expectation = Static<typeof Expectation>
export type Kind = 'configured' | 'bare'

const FOLDER = fileURLToPath(new URL('../../examples', import.meta.url))

/** The examples on public data, the smallest first: those with an `expected.yaml`. */
export function listExamples(): string[] {
  const order = ['german', 'us-auto-bi', 'insurance-claims']
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return fs
    .readdirSync(FOLDER)
    .filter((name) => fs.existsSync(path.join(FOLDER, name, 'expected.yaml')))
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}

/** Reads `examples/NAME/expected.yaml`. @throws Error naming each key at fault */
export function readExpectation(name: string): Expectation {
  const file = path.join(FOLDER, name, 'expected.yaml')
  const document: unknown = parse(fs.readFileSync(file, 'utf8'))
  const faults = [...Value.Errors(Expectation, document)].map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  )
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('; ')}`)
  return document as Expectation
}
