import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { predictionExplanationQuery } from '../../api/explanations.ts'
import type { PredictionExplanationAnswer } from '../../api/types.ts'
import { Empty, Failure, Loading } from '../../components/answers.tsx'
import { formatScore } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { Computing } from './computing.tsx'
import classes from './explain.module.css'
import { RecentPredictions } from './recent-predictions.tsx'

// The pictures come with the room of pictures, which the rest of the page does not wait for.
const PredictionExplanation = lazy(async () => ({
  default: (await import('./prediction-explanation.tsx')).PredictionExplanation,
}))

type Props = { model: string; id: string; onId: (id: string) => void }

/** Names a prediction, by its id or from the newest ones, and says why it came out as it did. */
export function PredictionView({ model, id, onId }: Props) {
  return (
    <>
      <IdField key={id} id={id} onId={onId} />
      <div className={classes.prediction}>
        {id !== '' && <OnePrediction key={id} id={id} />}
        <RecentPredictions model={model} shown={id} />
      </div>
    </>
  )
}

function IdField({ id, onId }: Pick<Props, 'id' | 'onId'>) {
  const [text, setText] = useState(id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onId(text.trim())
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label="Prediction"
        description="The id that came with the score; or choose one of the newest below."
        className={classes.id}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
      />
      <Button type="submit" variant="filled" size="sm" disabled={text.trim() === ''}>
        Explain
      </Button>
    </form>
  )
}

function OnePrediction({ id }: { id: string }) {
  const { data, error, isFetching, refetch } = useQuery(predictionExplanationQuery(id))
  if (error !== null && data === undefined) {
    return <Failure error={error} onRetry={() => void refetch()} isBusy={isFetching} />
  }
  if (data === undefined) return <Computing>Working out what each feature contributed to this score.</Computing>
  if (data.erased) return <Erased {...data} />
  return (
    <Suspense fallback={<Loading lines={12} />}>
      <PredictionExplanation explanation={data} />
    </Suspense>
  )
}

const Erased = ({ score, model, version }: Extract<PredictionExplanationAnswer, { erased: true }>) => (
  <Panel testId="erased">
    <Empty title="The person this prediction was about has been erased">
      {model} {version} answered the score {formatScore(score)}. What it was computed from can no longer be read, so
      that it cannot be explained.
    </Empty>
  </Panel>
)
