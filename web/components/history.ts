import { useEffect, useRef, useState } from 'react'

/** The last values of a figure that is polled, oldest first: one for each answer, known by when it came. */
export function useHistory(value: number | null | undefined, answeredAt: number, length = 60): number[] {
  const [values, setValues] = useState<number[]>([])
  const last = useRef(0)
  useEffect(() => {
    if (typeof value !== 'number' || answeredAt === last.current) return
    last.current = answeredAt
    setValues((known) => [...known, value].slice(-length))
  }, [value, answeredAt, length])
  return values
}
