/**
 * Whether approvals need a second person. With one reviewer there is none, and the approval is marked as one's own; with the
 * second reviewer four eyes become the rule by themselves.
 */
export function approvalPolicyOf(nReviewers: number): 'solo' | 'four-eyes' {
  return nReviewers >= 2 ? 'four-eyes' : 'solo'
}
