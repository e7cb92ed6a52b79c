import { useEffect, useRef, useState, type ReactNode } from 'react'
import classes from './import.module.css'

type Props = { onFile: (file: File) => void; refusal?: string; children: ReactNode }

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** The whole page takes a dropped file, and shows that it does while one is dragged over it. */
export function DropTarget({ onFile, refusal, children }: Props) {
  const [isOver, setIsOver] = useState(false)
  const take = useRef(onFile)
  take.current = onFile

  useEffect(() => {
    // Entering a child leaves its parent: the depth tells when the last is left.
    let depth = 0
    const set = (next: number) => {
      depth = Math.max(next, 0)
      setIsOver(depth > 0)
    }
    const enter = (event: DragEvent) => hasFiles(event) && set(depth + 1)
    const leave = (event: DragEvent) => hasFiles(event) && set(depth - 1)
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      set(0)
      const [file] = event.dataTransfer!.files
      if (file !== undefined && refusal === undefined) take.current(file)
    }
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener)
      }
    }
  }, [refusal])

  return (
    <>
      {children}
      {isOver && (
        <div className={classes.dropHint} aria-hidden="true">
          <span>{refusal ?? 'Drop the file to import it'}</span>
        </div>
      )}
    </>
  )
}
