import { UnstyledButton } from '@mantine/core'
import classes from './feature-button.module.css'
import { formatName } from './format.ts'

type Props = { name: string; isShown: boolean; onShow: (name: string) => void }

/** A feature's name in a table of features: pressed, it is shown from near. */
export const FeatureButton = ({ name, isShown, onShow }: Props) => (
  <UnstyledButton className={`link ${classes.feature}`} aria-pressed={isShown} onClick={() => onShow(name)}>
    {formatName(name)}
  </UnstyledButton>
)
