import { Table } from '@mantine/core'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { contributionText, valueText } from '../../../src/pictures/index.ts'
import type { PredictionExplanation as Explanation } from '../../api/types.ts'
import { Drawing, type Make } from '../../components/drawing.tsx'
import { formatName, formatScore } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { explainPath } from './explain-path.ts'
import classes from './explain.module.css'
import { explanationSentences, unitTitles } from './words.ts'

const mostBars = 12

/** Why one prediction came out as it did: as a picture, in sentences, and feature by feature. */
export function PredictionExplanation({ explanation }: { explanation: Explanation }) {
  const { model, version, unit, baseValue, raw, score, contributions } = explanation
  const make = useCallback<Make>(
    ({ waterfallPicture }) =>
      waterfallPicture({
        unit,
        baseValue,
        raw,
        score,
        contributions: contributions.map(({ feature, value, contribution }) => ({
          name: feature,
          label: formatName(feature),
          value,
          contribution,
        })),
        mostFeatures: mostBars,
      }),
    [unit, baseValue, raw, score, contributions],
  )
  return (
    <>
      <Panel
        title={`How the score ${formatScore(score)} came about`}
        aside={
          <Link className="link" href={`/models/${model}/${version}`}>
            {model} {version}
          </Link>
        }
        testId="waterfall"
      >
        <Drawing make={make} height={100 + (Math.min(contributions.length, mostBars) + 2) * 25} />
      </Panel>
      <Panel title="In words" testId="sentences">
        <ol className={classes.sentences}>
          {explanationSentences(explanation).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      </Panel>
      <ContributionTable explanation={explanation} />
    </>
  )
}

const ContributionTable = ({ explanation: { model, version, unit, contributions } }: { explanation: Explanation }) => (
  <Panel title="Every contribution" isFlush testId="contributions">
    <div className={classes.tableBox} tabIndex={0} role="region" aria-label="Every contribution">
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Feature</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th className="number">{unitTitles[unit]}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contributions.map(({ feature, value, contribution }) => (
            <Table.Tr key={feature}>
              <Table.Td>
                <Link className="link" href={explainPath({ model, version, feature })}>
                  {formatName(feature)}
                </Link>
              </Table.Td>
              <Table.Td className={classes.value}>{valueText(value, {})}</Table.Td>
              <Table.Td className="number">{contributionText(contribution, unit).replace(' pp', '')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  </Panel>
)
