import { ApiError } from '../client.ts'

/** What the server knows of a file that is on its way. */
export type Upload = { id: string; offset: number; chunkBytes: number }

/** The two calls that sending needs. */
export type UploadCalls = {
  /** @returns how many bytes the server has then */
  sendChunk: (id: string, offset: number, bytes: Blob, signal: AbortSignal) => Promise<number>
  /** How many bytes the server has. */
  askOffset: (id: string, signal: AbortSignal) => Promise<number>
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

type Options = {
  signal: AbortSignal
  /** bytes that the server has, after each chunk */
  onOffset: (offset: number) => void
  /** a chunk did not get through: tried again after a wait */
  onRetry?: (error: Error) => void
}

const mostRetries = 8
const longestWaitMs = 30_000

/**
 * Sends what the server does not have yet of a file, piece by piece. The server's count is the truth: after each failure it is
 * asked for it, so that a piece that did arrive is not sent twice. Ends when all is there; stops with the signal's reason.
 * @throws the refusal of the server, or the last failure after eight in a row
 */
export async function sendFile(file: Blob, upload: Upload, calls: UploadCalls, options: Options): Promise<void> {
  const { signal, onOffset, onRetry } = options
  let { offset } = upload
  let nFailures = 0
  onOffset(offset)
  while (offset < file.size) {
    signal.throwIfAborted()
    try {
      const chunk = file.slice(offset, Math.min(offset + upload.chunkBytes, file.size))
      offset = await calls.sendChunk(upload.id, offset, chunk, signal)
      nFailures = 0
    } catch (error) {
      signal.throwIfAborted()
      if (isFinal(error) || ++nFailures > mostRetries) throw error
      onRetry?.(error as Error)
      if (!isOffsetRefused(error)) await calls.wait(Math.min(500 * 2 ** nFailures, longestWaitMs), signal)
      offset = await calls.askOffset(upload.id, signal).catch(() => offset)
    }
    onOffset(offset)
  }
}

const isOffsetRefused = (error: unknown) => error instanceof ApiError && error.status === 409

/** A refusal that no second attempt will change: anything the server said of the request, but for load and place. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.status >= 400 && error.status < 500 && ![408, 409, 425, 429].includes(error.status)
}
