import { startAssayProcess, type AssayProcess } from '../../src/cli/children/assay-process.ts'
import { makeTemporaryHome } from '../../src/cli/children/temporary-home.ts'
import { createClient, type Client } from '../../src/cli/client.ts'

/** An Assay in a home of its own, for the browser to look at and for checks to ask. */
export type Server = {
  url: string
  client: Client
  /** Ends the process; the home stays. */
  stop(): Promise<void>
  /** A new process on the same home and port. */
  startAgain(): Promise<void>
  /** Ends the process and removes the home. */
  remove(): Promise<void>
}

export async function startServer(purpose: string, options: { sampleData: boolean }): Promise<Server> {
  const temporary = makeTemporaryHome(`browser-${purpose}`)
  const env = { ASSAY_SAMPLE_DATA: String(options.sampleData), ASSAY_LOG_LEVEL: 'warn' }
  let running: AssayProcess
  try {
    running = await startAssayProcess({ home: temporary.home, env })
  } catch (error) {
    temporary.remove()
    throw error
  }
  const { url } = running
  return {
    url,
    client: createClient({ url }),
    stop: () => running.stop(),
    async startAgain() {
      running = await startAssayProcess({ home: temporary.home, port: Number(new URL(url).port), env })
    },
    async remove() {
      await running.stop()
      temporary.remove()
    },
  }
}
