import type { House } from './house.ts'

const BEGIN = '<!-- layers:begin (drawn by npm run layers -- --draw) -->'
const END = '<!-- layers:end -->'

/** The floors as text, the highest first. */
export function drawHouse(house: House): string {
  const rooms = Object.entries(house.rooms)
  const width = Math.max(...rooms.map(([name]) => name.length)) + 2
  const highest = Math.max(...rooms.map(([, room]) => room.floor))
  const lines = [`${highest + 1}  ${house.roof.padEnd(width)}puts it together`]
  for (let floor = highest; floor >= 0; floor--) {
    const here = rooms.filter(([, room]) => room.floor === floor)
    here.forEach(([name, room], position) => {
      const notes = [
        room.pure ? 'pure' : '',
        room.isForWeb ? 'for the UI too' : '',
        room.sameFloor ? `imports ${room.sameFloor.join(', ')}` : '',
      ].filter(Boolean)
      const note = notes.length > 0 ? ` [${notes.join('; ')}]` : ''
      lines.push(`${position === 0 ? floor : ' '}  ${name.padEnd(width)}${room.holds}${note}`)
    })
  }
  return ['```', ...lines, '```'].join('\n')
}

/** The document with its drawing replaced by the present one. @throws when the markers are not there. */
export function withDrawing(document: string, house: House): string {
  const begin = document.indexOf(BEGIN)
  const end = document.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`ARCHITECTURE.md needs the lines "${BEGIN}" and "${END}"`)
  return `${document.slice(0, begin + BEGIN.length)}\n${drawHouse(house)}\n${document.slice(end)}`
}
