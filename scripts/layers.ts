import fs from 'node:fs'
import path from 'node:path'
import { checkLayers } from './layers/check.ts'
import { withDrawing } from './layers/drawing.ts'
import { house } from './layers/house.ts'

/**
 * `node scripts/layers.ts` holds every import against the table of rooms and the picture in ARCHITECTURE.md against the
 * table; with `--draw` it redraws the picture instead. Exit code 1 when something is wrong.
 */
const root = path.resolve(import.meta.dirname, '..')
const file = path.join(root, 'ARCHITECTURE.md')
const document = fs.readFileSync(file, 'utf8')
const drawn = withDrawing(document, house)

if (process.argv.includes('--draw')) fs.writeFileSync(file, drawn)
const violations = checkLayers(root, house)
for (const { file, line, kind, text } of violations) console.error(`${file}:${line} ${kind}: ${text}`)
const isStale = drawn !== document && !process.argv.includes('--draw')
if (isStale) console.error('ARCHITECTURE.md shows another house than scripts/layers/house.ts: npm run layers -- --draw')
if (violations.length > 0 || isStale) process.exitCode = 1
else console.log(`layers: ${Object.keys(house.rooms).length} rooms, every import goes down`)
