import { NativeSelect } from '@mantine/core'
import type { ModelVersion } from '../../api/types.ts'
import classes from './explain.module.css'

type Props = {
  models: string[]
  model: string
  versions: ModelVersion[]
  /** null where a prediction says which version made it */
  version: string | null
  onModel: (model: string) => void
  onVersion: (version: string) => void
}

/** Chooses the model, and the version of it. */
export function ModelChoice({ models, model, versions, version, onModel, onVersion }: Props) {
  return (
    <div className={classes.choice}>
      <NativeSelect
        label="Model"
        data={models.includes(model) ? models : [...models, model]}
        value={model}
        onChange={(event) => onModel(event.currentTarget.value)}
      />
      {version !== null && (
        <NativeSelect
          label="Version"
          data={versions.map(({ version: name, isChampion, stage }) => ({
            value: name,
            label: `${name}, ${isChampion ? 'champion' : stage}`,
          }))}
          value={version}
          onChange={(event) => onVersion(event.currentTarget.value)}
        />
      )}
    </div>
  )
}
