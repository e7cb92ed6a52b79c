import { Table } from '@mantine/core'
import type { FeatureDrift } from '../../api/types.ts'
import { FeatureButton } from '../../components/feature-button.tsx'
import { formatPValue, formatScore } from '../../components/format.ts'
import { StateMark } from '../../components/state.tsx'
import classes from './claims.module.css'

type Props = { features: FeatureDrift[]; selected: string | null; onSelect: (name: string) => void }

/** Features by PSI, the most changed first; choosing one shows its histograms. */
export function DriftTable({ features, selected, onSelect }: Props) {
  return (
    <div className={classes.featuresBox}>
      <Table stickyHeader className={classes.features} aria-label="Drift by feature">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Feature</Table.Th>
            <Table.Th className="number">PSI</Table.Th>
            <Table.Th>Change</Table.Th>
            <Table.Th className="number" title="Share of the model's skill that hangs on it, at most 1">
              Importance
            </Table.Th>
            <Table.Th
              className={`number ${classes.wide}`}
              title="Corrected for the number of features (Benjamini-Hochberg)"
            >
              p
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {features.map((feature) => (
            <Table.Tr key={feature.name} data-selected={feature.name === selected || undefined}>
              <Table.Td>
                <FeatureButton name={feature.name} isShown={feature.name === selected} onShow={onSelect} />
              </Table.Td>
              <Table.Td className="number">{formatScore(feature.psi)}</Table.Td>
              <Table.Td>
                <StateMark kind="psi" value={feature.psiStatus} size={12} />
              </Table.Td>
              <Table.Td className="number">{feature.kind === 'score' ? '–' : formatScore(feature.importance)}</Table.Td>
              <Table.Td className={`number ${classes.wide}`}>{formatPValue(feature.pAdjusted)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
