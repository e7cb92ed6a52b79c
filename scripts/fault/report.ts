/** What a fault test found. Every count but the first two is to be 0. */
export type FaultReport = {
  kills: number
  /** answers that a client got for something that has to last: predictions, outcomes, started runs, votes */
  acknowledged: number
  /** of these, what the database does not have */
  lost: number
  /** effects made again after the step's end was committed */
  finishedStepsRepeated: number
  /** runs that had not ended in time, or ended for another reason than their own gates */
  unfinishedRuns: number
}

export function isSound(report: FaultReport): boolean {
  return (
    report.kills > 0 &&
    report.acknowledged > 0 &&
    report.lost + report.finishedStepsRepeated + report.unfinishedRuns === 0
  )
}
