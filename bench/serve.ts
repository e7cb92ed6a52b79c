import { createClient } from '../src/cli/client.ts'
import { generatedClaims, type Signature } from '../src/cli/claims.ts'
import { startAssayProcess } from '../src/cli/children/assay-process.ts'
import { makeTemporaryHome } from '../src/cli/children/temporary-home.ts'
import { rateRow, timeRow, type Row, type SuiteOptions } from './harness.ts'

const MODEL = 'claims-denial'
const CONCURRENCY = 32

/**
 * Predictions over HTTP as a client sees them: validated, authorised, scored and on disk before the answer. The load comes
 * from this process, so on few cores it takes its share of them.
 */
export async function suite({ extent, note }: SuiteOptions): Promise<Row[]> {
  const temporary = makeTemporaryHome('bench')
  const assay = await startAssayProcess({
    home: temporary.home,
    env: { ASSAY_LOG_LEVEL: 'warn', ASSAY_STREAM_RATE: '0.01' },
  })
  try {
    const client = createClient({ url: assay.url, key: assay.firstKey ?? undefined })
    note('Waiting for the first champion')
    const signature = await championSignature(client)
    const claims = await generatedClaims(client, signature)
    const predict = (i: number) => client.post(`/predict/${MODEL}`, { inputs: claims[i % claims.length].input })
    const seconds = extent === 'quick' ? 3 : 10
    await load(predict, 1, CONCURRENCY)
    const busy = await load(predict, seconds, CONCURRENCY)
    const calm = await load(predict, Math.min(seconds, 3), 1)
    return [
      rateRow({ what: `predictions, ${CONCURRENCY} clients`, ours: busy.perSecond, unit: 'requests/s' }),
      timeRow({ what: `answer time p99, ${CONCURRENCY} clients`, ours: busy.p99Ms, unit: 'ms' }),
      timeRow({ what: 'answer time p50, one client', ours: calm.p50Ms, unit: 'ms' }),
      timeRow({ what: 'answer time p99, one client', ours: calm.p99Ms, unit: 'ms' }),
    ]
  } finally {
    await assay.stop()
    temporary.remove()
  }
}

async function championSignature(client: ReturnType<typeof createClient>): Promise<Signature> {
  const deadline = Date.now() + 120_000
  for (;;) {
    type Model = { champion: string | null; versions: { version: string; signature: Signature }[] }
    const model = await client.get<Model>(`/models/${MODEL}`).catch(() => undefined)
    const champion = model?.versions.find(({ version }) => version === model.champion)
    if (champion) return champion.signature
    if (Date.now() > deadline) throw new Error('the first model was not promoted in time')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Sends one request after the other from each of `nClients` clients. */
async function load(send: (i: number) => Promise<unknown>, seconds: number, nClients: number) {
  const times: number[] = []
  const from = performance.now()
  const until = from + 1_000 * seconds
  let next = 0
  async function client(): Promise<void> {
    while (performance.now() < until) {
      const start = performance.now()
      await send(next++)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: nClients }, client))
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]
  return { perSecond: (1_000 * times.length) / (performance.now() - from), p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}
