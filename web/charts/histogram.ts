import * as Plot from '@observablehq/plot'
import type { FeatureDrift } from '../api/types.ts'

type Bin = FeatureDrift['bins'][number]
export type ShareRow = { label: string; set: 'Reference' | 'Current'; share: number }

/** Counts of each bin as the share of their set, so that sets of different size can be laid side by side. */
export function binShares(bins: Bin[]): ShareRow[] {
  const total = (side: 'reference' | 'current') => bins.reduce((sum, bin) => sum + bin[side], 0) || 1
  const [nReference, nCurrent] = [total('reference'), total('current')]
  return bins.flatMap(({ label, reference, current }) => [
    { label, set: 'Reference' as const, share: reference / nReference },
    { label, set: 'Current' as const, share: current / nCurrent },
  ])
}

type Options = { bins: Bin[]; title: string; width: number; height: number }

/** Both histograms of a feature, bar beside bar for each bin: share of rows over the bins, in the order given. */
export function histogram({ bins, title, width, height }: Options): Element {
  const rows = binShares(bins)
  const longest = Math.max(...bins.map((bin) => bin.label.length), 1)
  const isTilted = longest * 6.2 * bins.length > width - 60
  return Plot.plot({
    width,
    height,
    marginLeft: 46,
    marginBottom: isTilted ? Math.min(30 + longest * 4.6, 112) : 44,
    marginTop: 22,
    style: { background: 'transparent', color: 'var(--a-muted)', fontSize: '11px', overflow: 'visible' },
    fx: { label: null, axis: null, padding: 0.18, domain: bins.map((bin) => bin.label) },
    x: { axis: null, padding: 0, domain: ['Reference', 'Current'] },
    y: { label: 'share of rows (%)', labelArrow: 'none', percent: true, grid: true, ticks: 5, nice: true },
    color: { domain: ['Reference', 'Current'], range: ['var(--a-chart-reference)', 'var(--a-chart-current)'] },
    marks: [
      Plot.axisFx({
        anchor: 'bottom',
        label: title,
        tickRotate: isTilted ? -40 : 0,
        tickSize: 0,
        labelAnchor: 'center',
      }),
      Plot.barY(rows, { fx: 'label', x: 'set', y: 'share', fill: 'set', title: describe }),
      Plot.ruleY([0], { stroke: 'var(--a-border-strong)' }),
    ],
  })
}

const describe = ({ label, set, share }: ShareRow) => `${label}\n${set}: ${(share * 100).toFixed(1)} % of rows`
