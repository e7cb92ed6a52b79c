import type { App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'

/**
 * Starts answering. @returns the address, with the port that was free when `port` is 0
 * @throws PORT_TAKEN
 */
export async function listen(app: App, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new AssayError('PORT_TAKEN', { host, port }, { cause: error })
  }
}
