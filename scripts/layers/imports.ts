import { parseSync } from 'oxc-parser'

export type Import = {
  /** As it is written: `../errors/index.ts`, `node:fs`, `fastify`. */
  target: string
  /** Nothing of it is left at run time. */
  isType: boolean
  line: number
}

type Node = Record<string, unknown> & { type: string; start: number }
type Found = { source: unknown; isType: boolean }

const CODE = /\.[cm]?[jt]sx?$/

/**
 * Everything a module reaches for: imports, re-exports, `import()`, `import('…').Type`, `require`, and
 * `new URL('./x.ts', import.meta.url)`, which is how a worker is named. Other URLs name data files and are not imports.
 * @throws when the text is not TypeScript: an unread file must not pass as one without imports.
 */
export function importsOf(fileName: string, text: string): Import[] {
  const { program, errors } = parseSync(fileName, text)
  if (errors.length > 0) throw new Error(`${fileName} cannot be parsed: ${errors[0].message}`)
  const imports: Import[] = []
  walk(program, (node) => {
    const found = importIn(node)
    const target = (found?.source as { value?: unknown } | undefined)?.value
    if (found && typeof target === 'string') {
      imports.push({ target, isType: found.isType, line: text.slice(0, node.start).split('\n').length })
    }
  })
  return imports
}

function importIn(node: Node): Found | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { source: node.source, isType: node.importKind === 'type' || allTypes(node.specifiers, 'importKind') }
    case 'ExportNamedDeclaration':
      return { source: node.source, isType: node.exportKind === 'type' || allTypes(node.specifiers, 'exportKind') }
    case 'ExportAllDeclaration':
      return { source: node.source, isType: node.exportKind === 'type' }
    case 'ImportExpression':
      return { source: node.source, isType: false }
    case 'TSImportType':
      return { source: node.source, isType: true }
    case 'NewExpression':
      return isModuleUrl(node) ? { source: argument(node, 0), isType: false } : undefined
    case 'CallExpression':
      return isNamed(node.callee, 'require') ? { source: argument(node, 0), isType: false } : undefined
    default:
      return undefined
  }
}

function allTypes(specifiers: unknown, kind: string): boolean {
  const list = specifiers as Record<string, unknown>[]
  return list.length > 0 && list.every((specifier) => specifier[kind] === 'type')
}

function isModuleUrl(node: Node): boolean {
  const target = argument(node, 0)?.value
  const base = argument(node, 1)
  return (
    isNamed(node.callee, 'URL') &&
    typeof target === 'string' &&
    CODE.test(target) &&
    base?.type === 'MemberExpression' &&
    (base.object as Node).type === 'MetaProperty'
  )
}

function argument(node: Node, position: number): Node | undefined {
  return (node.arguments as Node[])[position]
}

function isNamed(callee: unknown, name: string): boolean {
  return (callee as Node).type === 'Identifier' && (callee as Node).name === name
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, visit)
  } else if (value !== null && typeof value === 'object') {
    if (typeof (value as Node).type === 'string') visit(value as Node)
    for (const entry of Object.values(value)) walk(entry, visit)
  }
}

const STATEMENT = /^(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*)?['"]([^'"]+)['"]/gm

/**
 * As `importsOf`, for AssemblyScript, which has syntax that TypeScript has not (decorated functions). Its imports are
 * statements at the beginning of a line, so comments are all that has to be taken out.
 */
export function assemblyScriptImportsOf(text: string): Import[] {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ')
  const code = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, blank)
  return [...code.matchAll(STATEMENT)].map((match) => ({
    target: match[1],
    isType: false,
    line: code.slice(0, match.index).split('\n').length,
  }))
}
