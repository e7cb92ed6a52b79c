import { describe, expect, it, test } from 'vitest'
import { binaryMetricNames, type Trap } from '../learn/index.ts'
import {
  challengerGate,
  dataQualityGates,
  evaluateGate,
  explanationGate,
  fairnessGates,
  leakageGates,
  notConfigured,
  performanceGates,
  rollbackGate,
  servingGates,
  shadowGates,
  stabilityGate,
  summariseGates,
  waive,
  type FairnessFigures,
  type GateDefinition,
  type GateResult,
  type GateVerdict,
  type Measured,
} from './index.ts'

const definition: GateDefinition = {
  gate: 'g',
  title: 'Metric',
  metric: 'm',
  op: '>=',
  threshold: 0.8,
  severity: 'block',
  advice: 'Do something.',
}
const verdicts = (results: GateResult[]) => Object.fromEntries(results.map(({ gate, verdict }) => [gate, verdict]))

describe('one gate', () => {
  test.each<[GateDefinition['op'], GateDefinition['threshold'], number, boolean]>([
    ['>=', 0.8, 0.8, true],
    ['>=', 0.8, 0.7999, false],
    ['<=', 0.8, 0.8, true],
    ['<=', 0.8, 0.8001, false],
    ['>', 0.5, 0.5, false],
    ['>', 0.5, 0.5001, true],
    ['<', 100, 100, false],
    ['<', 100, 99.9, true],
    ['between', [0.8, 1.25], 0.8, true],
    ['between', [0.8, 1.25], 1.25, true],
    ['between', [0.8, 1.25], 0.79, false],
    ['between', [0.8, 1.25], 1.26, false],
  ])('%s %j holds %d: %s', (op, threshold, value, isMet) => {
    for (const severity of ['block', 'warn'] as const) {
      const failed = severity === 'block' ? 'blocked' : 'warned'
      const result = evaluateGate({ ...definition, op, threshold, severity }, value)
      expect(result).toMatchObject({ value, op, threshold, severity, verdict: isMet ? 'passed' : failed })
      expect(result.advice).toBe(isMet ? '' : 'Do something.')
    }
  })

  it('says value, interval and limit in words', () => {
    const measured = { estimate: 0.7512, lower: 0.71, upper: 0.79 }
    expect(evaluateGate(definition, measured)).toMatchObject({
      value: 0.7512,
      interval: { lower: 0.71, upper: 0.79 },
      reason: 'Metric is 0.751 (0.710 to 0.790); wanted at least 0.800.',
    })
    const between = { ...definition, op: 'between' as const, threshold: [0.8, 1.25] as [number, number] }
    expect(evaluateGate(between, 123.456).reason).toBe('Metric is 123.5; wanted 0.800 to 1.25.')
    expect(evaluateGate({ ...definition, op: '<', threshold: 100 }, 250).reason).toBe(
      'Metric is 250; wanted below 100.',
    )
  })

  it('shows a near miss with as many digits as tell it from the limit', () => {
    expect(evaluateGate(definition, 0.79996).reason).toBe('Metric is 0.79996; wanted at least 0.800.')
    expect(evaluateGate({ ...definition, op: '<', threshold: 100 }, 100.0001).reason).toBe(
      'Metric is 100.0001; wanted below 100.',
    )
    expect(evaluateGate(definition, 0.8).reason).toBe('Metric is 0.800; wanted at least 0.800.')
  })

  test.each<[string, Measured]>([
    ['undefined', undefined],
    ['null', null],
    ['NaN', NaN],
    ['infinite', Infinity],
    ['an interval around NaN', { estimate: NaN, lower: NaN, upper: NaN }],
  ])('fails what was not measured: %s', (_, measured) => {
    for (const [severity, verdict] of [
      ['block', 'blocked'],
      ['warn', 'warned'],
    ] as const)
      expect(evaluateGate({ ...definition, severity }, measured)).toMatchObject({
        value: null,
        verdict,
        reason: 'Metric was not measured.',
        advice: 'See why the metric is missing or not a number.',
      })
  })
})

describe('performance', () => {
  const auc = (lower: number) => ({ rocAuc: { estimate: 0.7, lower, upper: 0.9 } })

  test.each<[string, Record<string, Measured>, GateVerdict]>([
    ['the interval is above chance', auc(0.51), 'passed'],
    ['the interval touches chance', auc(0.5), 'blocked'],
    ['there is a figure without interval', { rocAuc: 0.9 }, 'blocked'],
    ['there is no figure', {}, 'blocked'],
  ])('a project without a rule for the AUC: %s', (_, metrics, verdict) => {
    expect(verdicts(performanceGates({}, metrics))).toEqual({ performance_better_than_chance: verdict })
  })

  it("takes the project's own numbers, the right way round for losses", () => {
    const settings = {
      rocAuc: { threshold: 0.8 },
      logLoss: { threshold: 0.3 },
      brier: { threshold: 0.1, severity: 'warn' as const },
      f1: { threshold: 0.5, severity: 'warn' as const },
    }
    expect(verdicts(performanceGates(settings, { rocAuc: 0.81, logLoss: 0.29, brier: 0.2 }))).toEqual({
      performance_rocAuc: 'passed',
      performance_logLoss: 'passed',
      performance_brier: 'warned',
      performance_f1: 'warned',
    })
    expect(performanceGates({ f1: { threshold: 0.5 } }, auc(0.6)).map(({ gate }) => gate)).toEqual([
      'performance_better_than_chance',
      'performance_f1',
    ])
  })

  it('knows of every metric whether lower is better', () => {
    const settings = Object.fromEntries(binaryMetricNames.map((name) => [name, { threshold: 0.5 }]))
    const near0 = Object.fromEntries(binaryMetricNames.map((name) => [name, 0.1]))
    const passed = performanceGates(settings, near0).filter(({ verdict }) => verdict === 'passed')
    expect(passed.map(({ metric }) => metric)).toEqual(['logLoss', 'brier', 'expectedCalibrationError'])
    expect(passed.map(({ title }) => title)).toEqual(['Log-loss', 'Brier loss', 'Expected calibration error'])
  })

  test.each<[number | undefined, GateVerdict]>([
    [0.05, 'passed'],
    [0.051, 'blocked'],
    [undefined, 'blocked'],
  ])('a deviation of %s over the folds is %s', (deviation, verdict) => {
    expect(stabilityGate(deviation).verdict).toBe(verdict)
  })

  it('wants an importance for at least one feature', () => {
    expect(explanationGate([{ feature: 'age', mean: 0.1 }]).verdict).toBe('passed')
    expect(explanationGate([]).verdict).toBe('blocked')
    expect(explanationGate([{ feature: 'age', mean: NaN }]).verdict).toBe('blocked')
  })
})

describe('challenger against champion', () => {
  const against = (estimate: number, lower: number, upper: number) =>
    challengerGate({ version: '1.2.0', difference: { estimate, lower, upper } })

  test.each<[string, [number, number, number], GateVerdict]>([
    ['worse than', [-0.02, -0.03, -0.001], 'blocked'],
    ['not clearly different from', [0.01, -0.01, 0.03], 'warned'],
    ['not clearly different from', [0, 0, 0], 'warned'],
    ['better than', [0.02, 0.001, 0.03], 'passed'],
  ])('%s: %j', (words, [estimate, lower, upper], verdict) => {
    const result = against(estimate, lower, upper)
    expect(result).toMatchObject({ value: estimate, interval: { lower, upper }, verdict })
    expect(result.reason).toContain(`ROC-AUC is ${words} champion 1.2.0: `)
    expect(result.advice === '').toBe(verdict === 'passed')
  })

  it('shows the difference with its sign', () => {
    expect(against(-0.02, -0.03, 0.001).reason).toContain('−0.0200 (−0.0300 to +0.0010)')
  })

  it('passes where there is no champion, and says so', () => {
    expect(challengerGate(undefined)).toMatchObject({ verdict: 'passed', reason: 'There is no champion yet.' })
  })

  it('does not know where the two cannot be compared', () => {
    expect(challengerGate({ version: '1.2.0', incomparable: 'the data has no column age' })).toMatchObject({
      verdict: 'unknown',
      value: null,
      reason: 'Champion 1.2.0 cannot be compared: the data has no column age.',
    })
  })

  it('blocks where the difference is not a number: what was not measured is not known to be good', () => {
    expect(against(NaN, NaN, NaN)).toMatchObject({ verdict: 'blocked', value: null })
    expect(against(NaN, NaN, NaN).reason).toContain('was not measured')
  })
})

describe('fairness', () => {
  const figure = (estimate: number) => ({ estimate, lower: estimate, upper: estimate })
  const report = (more: Partial<FairnessFigures> = {}): FairnessFigures => ({
    attribute: 'gender',
    groups: [
      { group: 'female', judged: true },
      { group: 'male', judged: true },
    ],
    demographicParityDifference: figure(0.02),
    disparateImpact: figure(0.95),
    equalOpportunityDifference: figure(0.03),
    ...more,
  })

  test.each<[string, Partial<FairnessFigures>, GateVerdict[]]>([
    ['all within the limits', {}, ['passed', 'passed', 'passed']],
    ['disparate impact below 0.8', { disparateImpact: figure(0.79) }, ['blocked', 'passed', 'passed']],
    ['disparate impact above 1.25', { disparateImpact: figure(1.26) }, ['blocked', 'passed', 'passed']],
    ['selection rates apart', { demographicParityDifference: figure(0.101) }, ['passed', 'blocked', 'passed']],
    ['true positive rates apart', { equalOpportunityDifference: figure(0.2) }, ['passed', 'passed', 'blocked']],
    ['nobody is flagged', { disparateImpact: figure(NaN) }, ['blocked', 'passed', 'passed']],
  ])('%s', (_, more, wanted) => {
    expect(verdicts(fairnessGates([report(more)]))).toEqual({
      'fairness_disparateImpact:gender': wanted[0],
      'fairness_demographicParityDifference:gender': wanted[1],
      'fairness_equalOpportunityDifference:gender': wanted[2],
    })
  })

  it('warns that nothing is declared, and never passes it', () => {
    expect(fairnessGates([])).toMatchObject([{ gate: 'fairness', verdict: 'not-declared', severity: 'warn' }])
  })

  it('does not judge where fewer than two groups are large enough', () => {
    const groups = [
      { group: 'female', judged: true },
      { group: 'male', judged: false },
    ]
    const [result, ...others] = fairnessGates([report({ groups })])
    expect(others).toEqual([])
    expect(result).toMatchObject({ gate: 'fairness:gender', verdict: 'unknown', value: null })
    expect(result.reason).toContain('Fewer than two groups of gender')
  })
})

describe('data, serving, shadow, rollback', () => {
  test.each([
    [{ completeness: 0.9, validity: 0.95, consistency: 0.98 }, ['passed', 'passed', 'passed']],
    [{ completeness: 0.89, validity: 0.94, consistency: 0.97 }, ['blocked', 'blocked', 'blocked']],
    [{ completeness: NaN, validity: 1, consistency: null }, ['blocked', 'passed']],
  ])('quality %j', (quality, wanted) => {
    expect(dataQualityGates(quality).map(({ verdict }) => verdict)).toEqual(wanted)
  })

  test.each([
    [{ smokePassed: 1, p95Ms: 99, errorShare: 0 }, ['passed', 'passed', 'passed']],
    [{ smokePassed: 0.999, p95Ms: 100, errorShare: 0.001 }, ['blocked', 'blocked', 'blocked']],
    [{ smokePassed: 1, p95Ms: null, errorShare: NaN }, ['passed', 'blocked', 'blocked']],
  ])('serving %j', (measured, wanted) => {
    expect(servingGates({ ...measured, profile: 'production' }).map(({ verdict }) => verdict)).toEqual(wanted)
  })

  test('slow answers only warn where the machine has other work', () => {
    const measured = { smokePassed: 1, p95Ms: 500, errorShare: 0, profile: 'development' as const }
    expect(servingGates(measured).map(({ verdict }) => verdict)).toEqual(['passed', 'warned', 'passed'])
  })

  test.each([
    [{ nCompared: 1, errorShare: 0 }, ['passed', 'passed']],
    [{ nCompared: 0, errorShare: NaN, scorePsi: 0.1 }, ['blocked', 'blocked', 'passed']],
    [{ nCompared: 9, errorShare: 0, scorePsi: 0.25 }, ['passed', 'passed', 'warned']],
  ])('shadow %j', (measured, wanted) => {
    expect(shadowGates(measured).map(({ verdict }) => verdict)).toEqual(wanted)
  })

  it('warns of a slow way back, and tells a first version from a rehearsal', () => {
    expect(rollbackGate({ durationMs: 1_000, hasPredecessor: true }).verdict).toBe('passed')
    expect(rollbackGate({ durationMs: 1_001, hasPredecessor: true }).verdict).toBe('warned')
    expect(rollbackGate({ durationMs: 5, hasPredecessor: false }).reason).toContain('no predecessor yet')
  })
})

describe('waivers and the summary', () => {
  const result = (gate: string, verdict: GateVerdict): GateResult => ({
    ...evaluateGate({ ...definition, gate }, 0.5),
    verdict,
    reason: `${gate} is ${verdict}.`,
  })
  const waiver = { gate: 'fairness_*', by: 'Ada', reason: 'for learning only' }

  it('lifts only blocks that are named, by id or by beginning, and says who and why', () => {
    const given = [result('fairness_a', 'blocked'), result('fairness_b', 'warned'), result('latency', 'blocked')]
    const waived = waive(given, [waiver])
    expect(waived.map(({ verdict }) => verdict)).toEqual(['waived', 'warned', 'blocked'])
    expect(waived[0].reason).toBe('fairness_a is blocked. Waived by Ada: for learning only')
    expect(waive(given, [{ ...waiver, gate: 'latency' }])[2].verdict).toBe('waived')
    expect(waive(given, [{ ...waiver, gate: 'fairness' }])).toEqual(given)
    expect(given[0].verdict).toBe('blocked')
  })

  test.each<[GateVerdict[], string, string]>([
    [['passed', 'waived'], 'passed', 'All 2 gates passed.'],
    [['passed', 'warned'], 'warned', '1 of 2 gates warn.'],
    [['not-configured', 'not-declared', 'unknown'], 'warned', '3 of 3 gates warn.'],
    [['warned', 'blocked', 'blocked'], 'blocked', 'g1 is blocked. g2 is blocked.'],
    [[], 'passed', 'All 0 gates passed.'],
  ])('%j are %s', (given, verdict, text) => {
    const results = given.map((each, i) => result(`g${i}`, each))
    const summary = summariseGates(results)
    expect(summary).toMatchObject({ verdict, text })
    expect(summary.blocking).toEqual(results.filter((each) => each.verdict === 'blocked'))
  })

  it('never shows a gate that is not set up as passed', () => {
    expect(notConfigured('alert_channel', 'Alert channel', 'None is set up.')).toMatchObject({
      verdict: 'not-configured',
      value: null,
      advice: 'Set it up before production.',
    })
  })
})

test('every gate of a run has an id of its own, a reason in words, and advice unless it passed', () => {
  const nothing = { estimate: NaN, lower: NaN, upper: NaN }
  const unfair = (attribute: string): FairnessFigures => ({
    attribute,
    groups: ['a', 'b'].map((group) => ({ group, judged: true })),
    demographicParityDifference: nothing,
    disparateImpact: nothing,
    equalOpportunityDifference: nothing,
  })
  const results = [
    ...dataQualityGates({ completeness: 0, validity: 0, consistency: 0 }),
    ...performanceGates({ f1: { threshold: 1 }, logLoss: { threshold: 0 } }, { f1: 0.5, logLoss: 1 }),
    stabilityGate(1),
    challengerGate({ version: '1.0.0', difference: { estimate: -1, lower: -1, upper: -1 } }),
    ...fairnessGates([unfair('gender'), unfair('region'), { ...unfair('age'), groups: [] }]),
    explanationGate([]),
    ...servingGates({ smokePassed: 0, p95Ms: null, errorShare: 1, profile: 'production' }),
    ...shadowGates({ nCompared: 0, errorShare: 1, scorePsi: 1 }),
    rollbackGate({ durationMs: 9_999, hasPredecessor: false }),
    notConfigured('alert_channel', 'Alert channel', 'No alert channel is configured.'),
  ]
  expect(results).toHaveLength(24)
  expect(new Set(results.map(({ gate }) => gate)).size).toBe(results.length)
  for (const { verdict, reason, advice } of results) {
    expect(verdict).not.toBe('passed')
    expect(reason).toMatch(/^\S+ .*\.$/)
    expect(advice).toMatch(/^[A-Z].*\.$/)
  }
})

describe('leakage', () => {
  const trap = (code: Trap['code'], severity: Trap['severity'], column?: string): Trap => ({
    code,
    severity,
    column,
    evidence: { rocAuc: 1 },
    message: `${column ?? 'It'} gives it away.`,
    advice: 'Leave it out.',
  })

  it('passes when nothing was found, and is unknown when nobody looked', () => {
    expect(verdicts(leakageGates([]))).toEqual({ leakage: 'passed' })
    expect(verdicts(leakageGates(undefined))).toEqual({ leakage: 'unknown' })
    expect(summariseGates(leakageGates(undefined)).verdict).toBe('warned')
  })

  it('has a gate for each trap, which blocks or warns as the trap does, in its words', () => {
    const gates = leakageGates([trap('TARGET_LEAK', 'block', 'paid'), trap('DUPLICATE_ROWS', 'warn')])
    expect(gates).toMatchObject([
      {
        gate: 'leakage:TARGET_LEAK:paid',
        title: 'Target leak in paid',
        verdict: 'blocked',
        reason: 'paid gives it away.',
        advice: 'Leave it out.',
      },
      { gate: 'leakage:DUPLICATE_ROWS', title: 'Duplicate rows', verdict: 'warned' },
    ])
  })

  it('is waived by id, or by code for every column', () => {
    const gates = leakageGates([trap('TARGET_LEAK', 'block', 'paid'), trap('TARGET_LEAK', 'block', 'closed')])
    const waiver = { by: 'ada', reason: 'known at intake' }
    expect(verdicts(waive(gates, [{ ...waiver, gate: 'leakage:TARGET_LEAK:paid' }]))).toEqual({
      'leakage:TARGET_LEAK:paid': 'waived',
      'leakage:TARGET_LEAK:closed': 'blocked',
    })
    const all = waive(gates, [{ ...waiver, gate: 'leakage:TARGET_LEAK*' }])
    expect(summariseGates(all).verdict).toBe('passed')
  })
})
