import { Table } from '@mantine/core'
import { sizeText, type ContributionUnit } from '../../../src/pictures/index.ts'
import type { ExplainedFeature } from '../../api/types.ts'
import { FeatureButton } from '../../components/feature-button.tsx'
import { Panel } from '../../components/panel.tsx'
import classes from './explain.module.css'
import { meanSizeTitle } from './words.ts'

type Props = {
  features: ExplainedFeature[]
  unit: ContributionUnit
  shown: string
  onFeature: (feature: string) => void
}

/** Every feature by the size of its contributions; choosing one shows it from near. */
export function FeatureTable({ features, unit, shown, onFeature }: Props) {
  return (
    <Panel title="Features" aside="choose one" isFlush testId="features">
      <div className={classes.tableBox} tabIndex={0} role="region" aria-label="Features">
        <Table stickyHeader aria-label="Features by the size of their contributions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Feature</Table.Th>
              <Table.Th className="number">{meanSizeTitle(unit)}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {features.map(({ name, meanAbs }) => (
              <Table.Tr key={name} data-selected={name === shown || undefined}>
                <Table.Td>
                  <FeatureButton name={name} isShown={name === shown} onShow={onFeature} />
                </Table.Td>
                <Table.Td className="number">{sizeText(meanAbs, unit)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  )
}
