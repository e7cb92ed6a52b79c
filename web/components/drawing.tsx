import { useEffect, useRef } from 'react'
import type { Picture } from '../../src/pictures/index.ts'
import classes from './drawing.module.css'
import { useWidth } from './size.ts'

type Pictures = typeof import('../../src/pictures/index.ts')

/** Says which picture of a page's data to draw. */
export type Make = (pictures: Pictures) => Picture

type Props = {
  /** the room of pictures is loaded late, so that charts cost nothing before the first one shows */
  make: Make
  /** room that is kept until it is drawn, in pixels */
  height?: number
  /** Called with the name of the row of the picture that was pressed; who has no pointer needs another way to it. */
  onPick?: (row: string) => void
}

/** Puts a picture into the page and draws it anew when it or the width changes. It carries its own words. */
export function Drawing({ make, height = 240, onPick }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  useEffect(() => {
    const element = ref.current
    if (element === null || onPick === undefined) return
    const pick = ({ target }: MouseEvent) => {
      const row = (target as Element).closest('[data-row]')?.getAttribute('data-row')
      if (row != null) onPick(row)
    }
    element.addEventListener('click', pick)
    return () => element.removeEventListener('click', pick)
  }, [ref, onPick])
  const newest = useRef(make)
  newest.current = make
  useEffect(() => {
    if (width === 0) return
    void import('../../src/pictures/index.ts').then((pictures) => {
      if (newest.current !== make || ref.current === null) return
      const picture = make(pictures)
      const drawn = picture.draw({ document, width, height: picture.heightFor(width) })
      ref.current.style.minHeight = ''
      ref.current.replaceChildren(drawn)
    })
  }, [make, width, ref])
  return <div ref={ref} className={onPick && classes.pickable} style={{ minHeight: height, width: '100%' }} />
}
