import fs from 'node:fs'
import path from 'node:path'
import { sourceDigest, withDigest } from '../src/kernels/source-digest.ts'

/** The last step of `npm run build:kernels`: writes into the module which sources it was built from, so that a stale one is refused. */
const file = path.resolve(import.meta.dirname, '..', 'build', 'kernels.wasm')
const digest = sourceDigest()
if (!digest) throw new Error('src/kernels/wasm holds no sources: build/kernels.wasm cannot have been built from them.')
fs.writeFileSync(file, withDigest(fs.readFileSync(file), digest))
