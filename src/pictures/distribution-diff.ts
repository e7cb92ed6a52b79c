import * as Plot from '@observablehq/plot'
import { definePicture, named, type Panel } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { shareText, shortened } from './words.ts'

/** Counts of one bin or value in either set. */
export type DiffBin = { label: string; reference: number; current: number }

export type DistributionDiffInput = {
  /** What is spread: the axis of the bins. */
  name: string
  unit?: string
  bins: DiffBin[]
  /** How the two sets are called: `at training`, `now`. */
  sets: { reference: string; current: string }
}

type ShareRow = { label: string; set: string; share: number }

/** Counts of each bin as the share of their set, so that sets of different size can be laid side by side. */
export function binShares(bins: DiffBin[], sets: DistributionDiffInput['sets']): ShareRow[] {
  const total = (side: 'reference' | 'current') => bins.reduce((sum, bin) => sum + bin[side], 0) || 1
  const [nReference, nCurrent] = [total('reference'), total('current')]
  return bins.flatMap(({ label, reference, current }) => [
    { label, set: sets.reference, share: reference / nReference },
    { label, set: sets.current, share: current / nCurrent },
  ])
}

/** One column in two sets, bar beside bar for each bin: share of the rows over the bins, in the order given. */
export function distributionDiffPicture({ name, unit, bins, sets }: DistributionDiffInput): Picture {
  const rows = binShares(bins, sets)
  const differences = bins.map((_, i) => Math.abs(rows[2 * i].share - rows[2 * i + 1].share))
  const largest = Math.max(...differences, 0)
  const where = bins[differences.indexOf(largest)]?.label
  return definePicture({
    title: `${name}: ${sets.reference} and ${sets.current}`,
    description: `Share of rows over ${bins.length} bins of ${name}, ${sets.reference} beside ${sets.current}. The largest difference is ${shareText(largest)} at ${where}.`,
    heightFor: () => 230,
    empty: bins.length === 0 ? `${name} has no values to compare.` : undefined,
    panels: (width) => [{ plot: pairs(rows, { axis: `${name}${unit ? ` (${unit})` : ''}`, sets, width }) }],
  })
}

type Look = { axis: string; sets: DistributionDiffInput['sets']; width: number }

function pairs(rows: ShareRow[], { axis, sets, width }: Look): Panel['plot'] {
  const labels = rows.filter((_, i) => i % 2 === 0).map((row) => row.label)
  const longest = Math.min(Math.max(...labels.map((label) => label.length), 1), 18)
  const isTilted = longest * 6.2 * labels.length > width - 60
  return {
    marginTop: 24,
    marginBottom: isTilted ? Math.min(30 + longest * 4.6, 112) : 42,
    fx: { label: null, axis: null, padding: 0.18, domain: labels },
    x: { axis: null, padding: 0, domain: [sets.reference, sets.current] },
    y: {
      label: `share of rows (%); left: ${sets.reference}, right: ${sets.current}`,
      labelArrow: 'none',
      labelAnchor: 'top',
      percent: true,
      grid: true,
      ticks: 5,
      nice: true,
    },
    marks: [
      Plot.axisFx({
        anchor: 'bottom',
        label: axis,
        tickRotate: isTilted ? -40 : 0,
        tickSize: 0,
        labelAnchor: 'center',
        tickFormat: (label: string) => shortened(label, longest),
      }),
      named(
        'bins',
        Plot.barY(rows, {
          fx: 'label',
          x: 'set',
          y: 'share',
          fill: (row: ShareRow) => colour(row.set === sets.current ? 'chartCurrent' : 'chartReference'),
          title: ({ label, set, share }: ShareRow) => `${label}\n${set}: ${shareText(share)} of rows`,
        }),
      ),
      Plot.ruleY([0], { stroke: colour('borderStrong') }),
    ],
  }
}
