import { useRef } from 'react'
import type { ContractFault } from '../../../api/data-types.ts'
import classes from './contract.module.css'

type Props = { yaml: string; faults: ContractFault[]; onChange: (yaml: string) => void }

/** The text itself, with line numbers; lines with a fault are marked. */
export function ContractYaml({ yaml, faults, onChange }: Props) {
  const gutter = useRef<HTMLOListElement>(null)
  const faultLines = new Set(faults.map(({ line }) => line))
  const nLines = yaml.split('\n').length
  return (
    <div className={classes.editor}>
      <ol className={classes.gutter} ref={gutter} aria-hidden="true">
        {Array.from({ length: nLines }, (_, i) => (
          <li key={i} data-fault={faultLines.has(i + 1) || undefined}>
            {i + 1}
          </li>
        ))}
      </ol>
      <textarea
        aria-label="Contract as YAML"
        value={yaml}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
        spellCheck={false}
        wrap="off"
        rows={Math.min(nLines + 1, 32)}
      />
    </div>
  )
}
