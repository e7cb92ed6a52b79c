import { Button, Progress, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useDataActions } from '../../../api/datasets.ts'
import { isSameFile, rememberedUpload, type RememberedUpload } from '../../../api/uploads/remembered-upload.ts'
import { useUpload, type UploadProgress } from '../../../api/uploads/use-upload.ts'
import { Failure } from '../../../components/answers.tsx'
import { formatBytes, formatDuration, formatShare } from '../../../components/format.ts'
import { UploadIcon } from '../../../components/icons.tsx'
import { GuardedButton, useCan } from '../../../components/permission.tsx'
import { datasetNameOf, nameFault } from './dataset-name.ts'
import { DropTarget } from './drop-target.tsx'
import classes from './import.module.css'
import { useKnownContract } from './known-contract.tsx'

const accepted = '.csv,.tsv,.txt,.gz,.parquet,.jsonl,.ndjson,.json'

/** Takes a file from this computer: sends it, names the dataset, starts the import when all is there. */
export function FileImport({ onStarted }: { onStarted: (runId: string) => void }) {
  const mayImport = useCan('pipeline.run')
  const [name, setName] = useState('')
  /** asked to import, be it before all is here */
  const [isWanted, setIsWanted] = useState(false)
  const [cutOff, setCutOff] = useState<RememberedUpload | undefined>(rememberedUpload)
  const input = useRef<HTMLInputElement>(null)
  const { start } = useDataActions()
  const upload = useUpload()
  const contract = useKnownContract(name.trim())
  const { progress } = upload
  const fault = progress === null ? null : nameFault(name)
  const sent = progress?.phase === 'done' ? progress.uploadId : null

  const take = (file: File) => {
    const known = cutOff !== undefined && isSameFile(cutOff, file) ? cutOff.id : undefined
    setCutOff(undefined)
    setIsWanted(false)
    start.reset()
    setName(datasetNameOf(file.name))
    upload.begin(file, known)
  }
  const giveUp = () => {
    upload.giveUp()
    setIsWanted(false)
    start.reset()
  }
  const { mutate } = start
  const { clear } = upload
  useEffect(() => {
    if (!isWanted || sent === null) return
    setIsWanted(false)
    const started = ({ runId }: { runId: string }) => {
      clear()
      onStarted(runId)
    }
    mutate({ name: name.trim(), uploadId: sent, ...contract.request }, { onSuccess: started })
  }, [isWanted, sent, name, contract.request, mutate, clear, onStarted])

  return (
    <DropTarget onFile={take} refusal={mayImport ? undefined : 'Your role may not import data'}>
      <input
        ref={input}
        type="file"
        accept={accepted}
        hidden
        data-testid="file-input"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file !== undefined) take(file)
          event.currentTarget.value = ''
        }}
      />
      {progress === null ? (
        <div className={classes.drop} data-testid="drop-zone">
          <UploadIcon size={22} />
          <p>
            <b>Drop a file anywhere on this page</b>
          </p>
          <p className="muted">
            CSV (any delimiter or encoding, also gzipped), Parquet or JSON lines. It stays on this server.
          </p>
          <GuardedButton permission="pipeline.run" variant="filled" onClick={() => input.current?.click()}>
            Choose a file
          </GuardedButton>
          {cutOff !== undefined && (
            <p className={classes.cutOff}>
              The upload of <b>{cutOff.name}</b> was cut off at {formatShare(cutOff.offset / cutOff.sizeBytes, 0)}:
              choose the same file to go on from there.
            </p>
          )}
        </div>
      ) : (
        <div className={classes.upload} data-testid="upload">
          <UploadLine progress={progress} />
          {progress.error !== null && <Failure error={progress.error} />}
          <div className={classes.uploadForm}>
            <TextInput
              label="Name of the dataset"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              disabled={isWanted}
              error={fault}
              maxLength={80}
              w={260}
            />
            <div className={classes.buttons}>
              {progress.phase === 'sending' && <Button onClick={upload.pause}>Pause</Button>}
              {(progress.phase === 'paused' || progress.phase === 'failed') && (
                <Button onClick={upload.resume}>Resume</Button>
              )}
              <Button onClick={giveUp}>Discard</Button>
              <Button
                variant="filled"
                onClick={() => setIsWanted(true)}
                disabled={isWanted || fault !== null}
                loading={start.isPending}
              >
                {isWanted ? 'Imports once all is here' : 'Import'}
              </Button>
            </div>
          </div>
          {contract.choice}
          {start.error !== null && <Failure error={start.error} />}
        </div>
      )}
    </DropTarget>
  )
}

function UploadLine({ progress }: { progress: UploadProgress }) {
  const { phase, name, sizeBytes, offset, bytesPerSecond } = progress
  const left = bytesPerSecond === null || bytesPerSecond === 0 ? null : ((sizeBytes - offset) / bytesPerSecond) * 1_000
  const share = sizeBytes === 0 ? 1 : offset / sizeBytes
  const [announced, setAnnounced] = useState('')
  const tenth = Math.floor(share * 10)
  useEffect(() => setAnnounced(`${name}: ${phase}, ${tenth * 10} %`), [name, phase, tenth])
  return (
    <div>
      <div className={classes.uploadWords}>
        <b>{name}</b>
        <span className="muted">
          {formatBytes(offset)} of {formatBytes(sizeBytes)}
          {phase === 'sending' && bytesPerSecond !== null && ` at ${formatBytes(bytesPerSecond)}/s`}
          {phase === 'sending' && left !== null && `, ${formatDuration(left)} left`}
          {phase === 'paused' && ', paused'}
          {phase === 'done' && ', all here'}
        </span>
      </div>
      <Progress
        value={share * 100}
        color={phase === 'failed' ? 'var(--a-bad-mark)' : 'var(--a-run-mark)'}
        aria-label={`Upload of ${name}`}
        mt={6}
      />
      <span className="visually-hidden" role="status">
        {announced}
      </span>
    </div>
  )
}
