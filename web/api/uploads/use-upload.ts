import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, request } from '../client.ts'
import { forgetUpload, rememberUpload } from './remembered-upload.ts'
import { sendFile, type Upload, type UploadCalls } from './send-file.ts'

export type UploadProgress = {
  phase: 'sending' | 'paused' | 'done' | 'failed'
  name: string
  sizeBytes: number
  offset: number
  /** over the last seconds; null until it can be told */
  bytesPerSecond: number | null
  /** set once the server has taken the file on */
  uploadId: string | null
  /** why it failed, or why a piece is sent again */
  error: Error | null
}

const uploadPath = (id: string) => `/uploads/${encodeURIComponent(id)}`

const calls: UploadCalls = {
  sendChunk: async (id, offset, bytes, signal) =>
    (await request<Upload>(uploadPath(id), { method: 'PATCH', query: { offset }, body: bytes, signal })).offset,
  askOffset: async (id, signal) => (await request<Upload>(uploadPath(id), { signal })).offset,
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}

/** Takes up an upload that the server has a part of, or begins one; what has expired is begun anew. */
async function beginUpload(file: File, knownId: string | undefined): Promise<Upload> {
  if (file.size === 0) throw new Error(`${file.name} is empty: it has no bytes to import.`)
  if (knownId !== undefined) {
    try {
      return await request<Upload>(uploadPath(knownId))
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error
    }
  }
  return request<Upload>('/uploads', { method: 'POST', body: { name: file.name, sizeBytes: file.size } })
}

/**
 * One file on its way to the server. It can be paused, resumed and given up; a reload keeps its place on the server, and the
 * same file goes on from there.
 */
export function useUpload() {
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const stop = useRef<AbortController | null>(null)
  const current = useRef<{ file: File; id?: string } | null>(null)

  const run = useCallback(async () => {
    const { file, id } = current.current!
    const mine = new AbortController()
    stop.current = mine
    const change = (part: Partial<UploadProgress>) => {
      if (stop.current === mine) setProgress((known) => known && { ...known, ...part })
    }
    const speed = speedOf()
    try {
      change({ phase: 'sending', error: null })
      const upload = await beginUpload(file, id)
      if (mine.signal.aborted) return
      current.current = { file, id: upload.id }
      await sendFile(file, upload, calls, {
        signal: mine.signal,
        onOffset: (offset) => {
          const { name, size: sizeBytes, lastModified } = file
          rememberUpload({ id: upload.id, name, sizeBytes, lastModified, offset })
          change({ uploadId: upload.id, offset, bytesPerSecond: speed(offset), error: null })
        },
        onRetry: (error) => change({ error }),
      })
      forgetUpload()
      change({ phase: 'done' })
    } catch (error) {
      change(
        mine.signal.aborted ? { phase: 'paused', bytesPerSecond: null } : { phase: 'failed', error: error as Error },
      )
    }
  }, [])

  const begin = useCallback(
    (file: File, knownId?: string) => {
      stop.current?.abort()
      current.current = { file, id: knownId }
      setProgress({
        phase: 'sending',
        name: file.name,
        sizeBytes: file.size,
        offset: 0,
        bytesPerSecond: null,
        uploadId: knownId ?? null,
        error: null,
      })
      void run()
    },
    [run],
  )

  /** Forgets it here; what the server has of it stays. */
  const clear = useCallback(() => {
    stop.current?.abort()
    stop.current = null
    current.current = null
    forgetUpload()
    setProgress(null)
  }, [])

  const giveUp = useCallback(() => {
    const id = current.current?.id
    clear()
    // Nobody waits for it: what is left behind goes when it expires.
    if (id !== undefined) void request(uploadPath(id), { method: 'DELETE', body: {} }).catch(() => {})
  }, [clear])

  useEffect(() => () => stop.current?.abort(), [])
  return { progress, begin, clear, giveUp, pause: () => stop.current?.abort(), resume: () => void run() }
}

/** Bytes a second between the oldest and the newest of the last few tellings. */
function speedOf(nKept = 8) {
  const told: { atMs: number; offset: number }[] = []
  return (offset: number): number | null => {
    told.push({ atMs: performance.now(), offset })
    if (told.length > nKept) told.shift()
    const [first, last] = [told[0], told.at(-1)!]
    return last.atMs - first.atMs < 200 ? null : ((last.offset - first.offset) / (last.atMs - first.atMs)) * 1_000
  }
}
