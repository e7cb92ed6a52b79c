import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { explanationQuery } from '../../api/explanations.ts'
import { Failure, Loading } from '../../components/answers.tsx'
import { Computing } from './computing.tsx'

// The pictures come with the room of pictures, which the rest of the page does not wait for.
const VersionExplanation = lazy(async () => ({
  default: (await import('./version-explanation.tsx')).VersionExplanation,
}))

type Props = { model: string; version: string; feature: string | null; onFeature: (feature: string) => void }

/** How a version decides, or what is being done to find out. */
export function VersionView({ model, version, feature, onFeature }: Props) {
  const { data, error, isFetching, refetch } = useQuery(explanationQuery(model, version))
  if (error !== null && data === undefined) {
    return <Failure error={error} onRetry={() => void refetch()} isBusy={isFetching} />
  }
  if (data === undefined) {
    return (
      <Computing>
        {`Getting the explanation of ${model} ${version}. It is kept from the evaluation; where it is not, it is computed now, which takes seconds to minutes.`}
      </Computing>
    )
  }
  return (
    <Suspense fallback={<Loading lines={12} />}>
      <VersionExplanation explanation={data} chosen={feature} onFeature={onFeature} />
    </Suspense>
  )
}
