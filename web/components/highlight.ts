export type Token = { kind: 'plain' | 'keyword' | 'string' | 'comment' | 'number'; text: string }

const keywords =
  'as async await break case catch class const continue default delete do else export extends false finally for from function if implements import in instanceof interface let new null of readonly return satisfies static super switch this throw true try type typeof undefined void while yield'
const keywordSet = new Set(keywords.split(' '))

const pattern = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
    String.raw`(?<string>'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|` + '`(?:\\\\.|[^`\\\\])*`?)',
    String.raw`(?<number>\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?\b)`,
    String.raw`(?<word>[A-Za-z_$][\w$]*)`,
  ].join('|'),
  'gi',
)

/** TypeScript or JSON cut into coloured pieces; the pieces joined give the source back. Good enough for reading, no parser. */
export function highlight(source: string): Token[] {
  const tokens: Token[] = []
  const add = (kind: Token['kind'], text: string) => {
    const last = tokens.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') tokens.push({ kind, text })
  }
  let at = 0
  for (const match of source.matchAll(pattern)) {
    add('plain', source.slice(at, match.index))
    at = match.index + match[0].length
    add(kindOf(match), match[0])
  }
  add('plain', source.slice(at))
  return tokens
}

function kindOf(match: RegExpMatchArray): Token['kind'] {
  const { comment, string, number } = match.groups!
  if (comment !== undefined) return 'comment'
  if (string !== undefined) return 'string'
  if (number !== undefined) return 'number'
  return keywordSet.has(match[0]) ? 'keyword' : 'plain'
}
