import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const Path = Type.String({ minLength: 1, description: 'a file; relative to the project in assay.yaml' })
const Delimiter = Type.String({
  minLength: 1,
  maxLength: 1,
  description: 'found out when left out; " " is any run of spaces',
})
const Names = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })
const EnvName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', description: 'NAME of an environment variable' })

export const CsvSpec = Type.Object(
  {
    kind: Type.Literal('csv'),
    path: Path,
    delimiter: Type.Optional(Delimiter),
    quote: Type.Optional(Type.String({ minLength: 1, maxLength: 1, description: 'found out when left out' })),
    encoding: Type.Optional(
      Type.String({ description: 'utf-8, utf-16le, utf-16be, windows-1252; found out when left out' }),
    ),
    header: Type.Optional(Type.Boolean({ description: 'whether the first line names the columns' })),
    names: Type.Optional(Names),
    missing: Type.Optional(Type.Array(Type.String(), { description: 'further texts that mean missing' })),
    beside: Type.Optional(
      Type.Array(Type.Object({ path: Path, delimiter: Type.Optional(Delimiter), names: Names }, closed), {
        description: 'further columns, row by row, from files without a header',
      }),
    ),
  },
  closed,
)
export type CsvSpec = Static<typeof CsvSpec>

export const ParquetSpec = Type.Object({ kind: Type.Literal('parquet'), path: Path }, closed)
export type ParquetSpec = Static<typeof ParquetSpec>

export const JsonLinesSpec = Type.Object({ kind: Type.Literal('jsonl'), path: Path }, closed)
export type JsonLinesSpec = Static<typeof JsonLinesSpec>

export const PostgresSpec = Type.Object(
  {
    kind: Type.Literal('postgres'),
    urlEnv: EnvName,
    query: Type.String({ minLength: 1 }),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1, description: 'of the statement; 10 minutes when left out' })),
  },
  closed,
)
export type PostgresSpec = Static<typeof PostgresSpec>

const Pointer = Type.String({ pattern: '^(/.*)?$', description: 'JSON pointer, such as /data/items' })
const maxPages = Type.Optional(Type.Integer({ minimum: 1, description: '10,000 when left out' }))

/** How the next page is found. */
export const HttpPaging = Type.Union([
  Type.Object({ by: Type.Literal('link'), maxPages }, { ...closed, description: 'Link header, rel="next"' }),
  Type.Object(
    { by: Type.Literal('pointer'), next: Pointer, maxPages },
    { ...closed, description: 'address in the body' },
  ),
  Type.Object(
    { by: Type.Literal('page'), parameter: Type.String(), first: Type.Optional(Type.Integer()), maxPages },
    { ...closed, description: 'a page number in the query string, until a page is empty' },
  ),
  Type.Object(
    { by: Type.Literal('cursor'), parameter: Type.String(), next: Pointer, maxPages },
    { ...closed, description: 'a cursor in the body goes into the query string' },
  ),
])
export type HttpPaging = Static<typeof HttpPaging>

export const HttpSpec = Type.Object(
  {
    kind: Type.Literal('http'),
    url: Type.String({ pattern: '^https?://' }),
    headersEnv: Type.Optional(Type.Record(Type.String(), EnvName)),
    items: Type.Optional(Pointer),
    paging: Type.Optional(HttpPaging),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1, description: 'of a request; 30 s when left out' })),
    maxBytes: Type.Optional(Type.Integer({ minimum: 1, description: 'of all pages; 1 GiB when left out' })),
    retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, description: '4 when left out' })),
  },
  closed,
)
export type HttpSpec = Static<typeof HttpSpec>

/** Where data is to be read from. Credentials never stand in it: it names the environment variables that hold them. */
export const SourceSpec = Type.Union([CsvSpec, ParquetSpec, JsonLinesSpec, PostgresSpec, HttpSpec])
export type SourceSpec = Static<typeof SourceSpec>
