export type GateOp = '>=' | '<=' | '>' | '<' | 'between'
export type GateSeverity = 'block' | 'warn'
export type GateVerdict = 'passed' | 'warned' | 'blocked' | 'waived' | 'not-configured' | 'not-declared' | 'unknown'

/** One evaluation of a gate: what was looked at, the verdict, the reason in words and what to do about it. */
export type GateResult = {
  gate: string
  title: string
  metric: string
  value: number | null
  interval?: { lower: number; upper: number }
  op?: GateOp
  threshold?: number | [number, number]
  severity: GateSeverity
  verdict: GateVerdict
  reason: string
  advice: string
}

export type GateDefinition = {
  gate: string
  title: string
  metric: string
  op: GateOp
  threshold: number | [number, number]
  severity: GateSeverity
  advice: string
}

export type Measured = number | { estimate: number; lower: number; upper: number } | undefined | null

/** Holds a metric against a gate. A missing or non-finite metric fails the gate: what was not measured is not known to be good. */
export function evaluateGate(definition: GateDefinition, measured: Measured): GateResult {
  const value = typeof measured === 'object' && measured !== null ? measured.estimate : measured
  const { gate, title, metric, op, threshold, severity, advice } = definition
  const base = { gate, title, metric, op, threshold, severity }
  const failed: GateVerdict = severity === 'block' ? 'blocked' : 'warned'
  if (value === undefined || value === null || !Number.isFinite(value))
    return {
      ...base,
      value: null,
      verdict: failed,
      reason: `${title} was not measured.`,
      advice: 'See why the metric is missing or not a number.',
    }
  const interval =
    typeof measured === 'object' && measured !== null ? { lower: measured.lower, upper: measured.upper } : undefined
  const isMet = holds(value, op, threshold)
  const figure = formatApart(value, threshold)
  const shown = interval ? `${figure} (${format(interval.lower)} to ${format(interval.upper)})` : figure
  return {
    ...base,
    value,
    interval,
    verdict: isMet ? 'passed' : failed,
    reason: `${title} is ${shown}; wanted ${wanted(op, threshold)}.`,
    advice: isMet ? '' : advice,
  }
}

function holds(value: number, op: GateOp, threshold: number | [number, number]): boolean {
  if (op === 'between') {
    const [low, high] = threshold as [number, number]
    return value >= low && value <= high
  }
  const limit = threshold as number
  if (op === '>=') return value >= limit
  if (op === '<=') return value <= limit
  return op === '>' ? value > limit : value < limit
}

const words: Record<Exclude<GateOp, 'between'>, string> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'above',
  '<': 'below',
}

function wanted(op: GateOp, threshold: number | [number, number]): string {
  if (Array.isArray(threshold)) return `${format(threshold[0])} to ${format(threshold[1])}`
  return `${words[op as Exclude<GateOp, 'between'>]} ${format(threshold)}`
}

export function format(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toPrecision(3)
}

/** As `format`, with more digits where the value would look like a limit that it is not: "0.800; wanted at least 0.800". */
function formatApart(value: number, threshold: number | [number, number]): string {
  const limits = [threshold].flat()
  const looksLike = (shown: string) => limits.some((limit) => limit !== value && Number(shown) === limit)
  let shown = format(value)
  for (let digits = 4; digits <= 17 && looksLike(shown); digits++) shown = value.toPrecision(digits)
  return shown
}

/** A gate whose room is not set up: it never shows as passed. */
export function notConfigured(gate: string, title: string, reason: string): GateResult {
  return {
    gate,
    title,
    metric: gate,
    value: null,
    severity: 'warn',
    verdict: 'not-configured',
    reason,
    advice: 'Set it up before production.',
  }
}

export type Waiver = { gate: string; by: string; reason: string }

/**
 * Lifts the blocks that a waiver names, and says who answers for it and why. What does not block needs no waiver.
 * @param waivers `gate` is a gate's id, or the beginning of several with a `*` at its end
 */
export function waive(results: GateResult[], waivers: Waiver[]): GateResult[] {
  return results.map((result) => {
    const waiver = result.verdict === 'blocked' && waivers.find((candidate) => covers(candidate.gate, result.gate))
    if (!waiver) return result
    return { ...result, verdict: 'waived', reason: `${result.reason} Waived by ${waiver.by}: ${waiver.reason}` }
  })
}

/** Whether a waiver's `gate` means this gate: its id, or the beginning of it with a `*` at its end. */
export function covers(pattern: string, gate: string): boolean {
  return pattern.endsWith('*') ? gate.startsWith(pattern.slice(0, -1)) : gate === pattern
}

export type GateSummary = { verdict: 'passed' | 'warned' | 'blocked'; blocking: GateResult[]; text: string }

/** The verdict over all gates of a stage: one block blocks; anything not passed warns. */
export function summariseGates(results: GateResult[]): GateSummary {
  const blocking = results.filter((result) => result.verdict === 'blocked')
  if (blocking.length > 0)
    return { verdict: 'blocked', blocking, text: blocking.map((result) => result.reason).join(' ') }
  const nWarned = results.filter((result) => result.verdict !== 'passed' && result.verdict !== 'waived').length
  return nWarned > 0
    ? { verdict: 'warned', blocking, text: `${nWarned} of ${results.length} gates warn.` }
    : { verdict: 'passed', blocking, text: `All ${results.length} gates passed.` }
}
