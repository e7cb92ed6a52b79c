import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import { usePipelineActions } from '../../api/pipeline.ts'
import type { RunDetail } from '../../api/types.ts'
import { tell } from '../../components/notify.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import classes from './decide-dialog.module.css'

/** The gates that stopped a run, once each. */
export function blockingGates(run: RunDetail) {
  const blocked = run.state === 'failed' ? run.steps.flatMap(({ gates }) => gates) : []
  return blocked.filter(
    (gate, i, all) => gate.verdict === 'blocked' && all.findIndex((other) => other.gate === gate.gate) === i,
  )
}

/** Lets a reviewer answer for going on in spite of gates; the run goes on once none blocks it any more. */
export function WaiveDialog({ run, isOpen, onClose }: { run: RunDetail; isOpen: boolean; onClose: () => void }) {
  const { waive } = usePipelineActions()
  const gates = blockingGates(run)
  const [left, setLeft] = useState<string[]>([])
  const chosen = gates.map(({ gate }) => gate).filter((gate) => !left.includes(gate))
  const confirm = async (reason: string) => {
    await waive.mutateAsync({ runId: run.id, gates: chosen, reason })
    tell(
      chosen.length === gates.length ? 'Waived: the run goes on' : `${chosen.length} of ${gates.length} gates waived`,
    )
  }
  return (
    <ReasonDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Go on in spite of what blocks"
      action="Waive"
      isDanger
      refusal={chosen.length === 0 ? 'Choose a gate' : undefined}
      placeholder="Why this may go on all the same, and who has agreed"
      size={720}
      onConfirm={confirm}
    >
      <Stack gap="xs" className={classes.evidence}>
        {gates.map(({ gate, title, reason, advice }) => (
          <Checkbox
            key={gate}
            label={<b>{title}</b>}
            description={`${reason} ${advice}`}
            checked={!left.includes(gate)}
            onChange={() => setLeft(left.includes(gate) ? left.filter((id) => id !== gate) : [...left, gate])}
          />
        ))}
      </Stack>
    </ReasonDialog>
  )
}
