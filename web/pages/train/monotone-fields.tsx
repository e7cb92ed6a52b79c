import { MultiSelect } from '@mantine/core'
import { columnsGoing, withColumnsGoing, type Direction, type Monotone } from './monotone.ts'
import classes from './train.module.css'

type Props = {
  /** columns that can have a direction */
  names: string[]
  monotone: Monotone
  onChange: (monotone: Monotone) => void
}

/** For which numbers the score may go one way only, as a person who knows the matter would demand. */
export function MonotoneFields({ names, monotone, onChange }: Props) {
  if (names.length === 0 && Object.keys(monotone).length === 0)
    return <p className="muted">No number among the columns that it learns from, so no direction can be set.</p>
  const fieldFor = (direction: Direction, label: string, description: string) => {
    const chosen = columnsGoing(monotone, direction)
    return (
      <MultiSelect
        label={label}
        description={description}
        data={names.filter((name) => (monotone[name] ?? direction) === direction)}
        value={chosen}
        onChange={(columns) => onChange(withColumnsGoing(monotone, direction, columns))}
        searchable
        size="xs"
        placeholder={chosen.length === 0 ? 'none' : undefined}
        nothingFoundMessage="No number of this name is left."
      />
    )
  }
  return (
    <div className={classes.wide}>
      {fieldFor('increasing', 'Score never falls with', 'Numbers that may only raise the score as they rise.')}
      {fieldFor('decreasing', 'Score never rises with', 'Numbers that may only lower the score as they rise.')}
    </div>
  )
}
