import { createRandom } from '../src/learn/index.ts'
import { countInto, ksTwoSample, psi, referenceBins } from '../src/stats/index.ts'
import { medianMs, runPeer, timeRow, type Row, type SuiteOptions } from './harness.ts'

type Peer = { name: string; ksMs: number; histogramMs: number }

/** Drift of one numeric feature: binned counts with PSI, as monitoring has it, and the exact two-sample KS, beside SciPy and NumPy. */
export async function suite({ extent, note }: SuiteOptions): Promise<Row[]> {
  const n = extent === 'quick' ? 100_000 : 1_000_000
  const reference = values(n, 1, 0)
  const current = values(n, 2, 0.1)
  const bins = referenceBins({ kind: 'number', name: 'x', values: reference })
  const counted = countInto(bins, { kind: 'number', name: 'x', values: reference })
  const psiMs = await medianMs(5, () => psi(counted, countInto(bins, { kind: 'number', name: 'x', values: current })))
  const ksMs = await medianMs(3, () => ksTwoSample(reference, current))
  note('The same with SciPy and NumPy')
  const peer = runPeer<Peer>('drift', { n })
  return [
    timeRow({
      what: `PSI of ${n} new values on known bins`,
      ours: psiMs,
      unit: 'ms',
      peer: peer && { name: `${peer.name}, histogram`, value: peer.histogramMs },
    }),
    timeRow({
      what: `KS, exact, ${n} against ${n}`,
      ours: ksMs,
      unit: 'ms',
      peer: peer && { name: `${peer.name}, ks_2samp`, value: peer.ksMs },
    }),
  ]
}

function values(n: number, seed: number, shift: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: n }, () => random.unit() + random.unit() + shift)
}
