import { useEffect, useRef } from 'react'
import { useWidth } from './size.ts'

type Props = {
  /** makes the picture for a width in pixels; loaded late, so that charts cost nothing before the first one shows */
  draw: (width: number) => Promise<Element>
  height: number
  label: string
}

/** Puts a chart made by a pure function of data and size into the page and makes it anew when either changes. */
export function Drawing({ draw, height, label }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const newest = useRef(draw)
  newest.current = draw
  useEffect(() => {
    if (width === 0) return
    void draw(width).then((picture) => {
      if (newest.current === draw) ref.current?.replaceChildren(picture)
    })
  }, [draw, width, ref])
  return <div ref={ref} role="img" aria-label={label} style={{ minHeight: height, width: '100%' }} />
}
