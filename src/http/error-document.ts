import { errorRegistry, exitCode, httpStatus, type ErrorKind } from '../errors/index.ts'

/** The registry of errors as a document (Markdown): what `docs/errors.md` holds and `/docs/errors` shows. */
export function errorDocument(): string {
  const codes = Object.entries(errorRegistry).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const entries = codes.map(([code, { kind, text }]) => `### ${code}\n\n${statusLine(kind)}\n\n${text}\n`)
  return `# Errors

Every refusal carries one of these codes, in \`code\` of the answer (\`application/problem+json\`) and on standard error of a command.
Codes are never renamed or reused. Names in braces are filled with what was given.

${entries.join('\n')}`
}

const statusLine = (kind: ErrorKind) => `Kind \`${kind}\`: HTTP ${httpStatus[kind]}, exit code ${exitCode[kind]}.`
