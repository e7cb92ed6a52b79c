import { formatName, formatNumber } from '../../components/format.ts'

const directionWords: Record<string, string> = {
  increasing: 'never falls with',
  decreasing: 'never rises with',
}

/**
 * What an algorithm was told other than its defaults; empty where it was left as it is. The seed, which all of a training have
 * in common, is left out.
 */
export const parameterWords = (parameters: Record<string, unknown>): string =>
  Object.entries(parameters)
    .filter(([key]) => key !== 'seed')
    .flatMap(([key, value]) =>
      key === 'monotone' ? directions(value as Record<string, string>) : [wordsOf(key, value)],
    )
    .join('; ')

function wordsOf(key: string, value: unknown): string {
  const name = formatName(key).replace(/^n /, '')
  if (typeof value === 'number') return `${name} ${formatNumber(value)}`
  return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

/** Columns stand by the names that the data has. */
const directions = (monotone: Record<string, string>): string[] =>
  Object.entries(directionWords).flatMap(([direction, words]) => {
    const columns = Object.keys(monotone).filter((column) => monotone[column] === direction)
    return columns.length === 0 ? [] : [`${words} ${columns.join(', ')}`]
  })
