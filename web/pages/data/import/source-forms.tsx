import { Textarea, TextInput } from '@mantine/core'
import { type ComponentType } from 'react'
import type { SourceFields } from './source-of.ts'
import classes from './import.module.css'

export type SourceKind = 'path' | 'postgres' | 'http'

type FormProps = { fields: SourceFields; set: (name: keyof SourceFields, value: string) => void }

export const PathForm = ({ fields, set }: FormProps) => (
  <TextInput
    label="Path on the server"
    description="A CSV, Parquet or JSON-lines file that the server can read."
    placeholder="/data/claims-2026.csv"
    value={fields.path}
    onChange={(event) => set('path', event.currentTarget.value)}
    required
    autoComplete="off"
    spellCheck={false}
  />
)

export const PostgresForm = ({ fields, set }: FormProps) => (
  <>
    <TextInput
      label="Environment variable with the connection URL"
      description="Its name only: the URL holds a password, so the server reads it from its own environment."
      placeholder="CLAIMS_DATABASE_URL"
      value={fields.urlEnv}
      onChange={(event) => set('urlEnv', event.currentTarget.value)}
      required
      autoComplete="off"
      spellCheck={false}
    />
    <Textarea
      label="Query"
      description="Runs in a read-only transaction."
      placeholder="select * from claims where closed_at >= date '2026-01-01'"
      value={fields.query}
      onChange={(event) => set('query', event.currentTarget.value)}
      required
      autosize
      minRows={3}
      spellCheck={false}
      classNames={{ input: classes.code }}
    />
  </>
)

export const HttpForm = ({ fields, set }: FormProps) => (
  <>
    <TextInput
      label="Address"
      placeholder="https://claims.example.org/api/claims"
      value={fields.url}
      onChange={(event) => set('url', event.currentTarget.value)}
      required
      type="url"
      autoComplete="off"
    />
    <TextInput
      label="Where the rows are in the answer"
      description="JSON pointer; empty when the answer is the list itself."
      placeholder="/data/items"
      value={fields.items}
      onChange={(event) => set('items', event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
    <TextInput
      label="Environment variable with the Authorization header"
      description="Its name only; empty when none is needed."
      placeholder="CLAIMS_API_AUTHORIZATION"
      value={fields.authorizationEnv}
      onChange={(event) => set('authorizationEnv', event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  </>
)

export const sourceKinds: Record<SourceKind, { title: string; Form: ComponentType<FormProps> }> = {
  path: { title: 'Server path', Form: PathForm },
  postgres: { title: 'PostgreSQL', Form: PostgresForm },
  http: { title: 'HTTP', Form: HttpForm },
}
