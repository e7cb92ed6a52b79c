/** What becomes of a claim. There is no denial: only a person denies. */
export type Decision = 'approve' | 'refer'

/** Versioned beside the model: a score at or above the threshold goes to a person. */
export type DecisionPolicy = { threshold: number }

/** `refer` when score >= threshold, else `approve`. */
export function decide(policy: DecisionPolicy, score: number): Decision {
  return score >= policy.threshold ? 'refer' : 'approve'
}
