import fs from 'node:fs'
import path from 'node:path'
import { errorDocument } from '../src/http/error-document.ts'

/** `node scripts/error-docs.ts` writes `docs/errors.md` from the registry of errors; a test holds the two together. */
fs.writeFileSync(path.resolve(import.meta.dirname, '../docs/errors.md'), errorDocument())
