import { emptyColumns, type ClaimColumns } from './columns.ts'
import { driftAt, type DriftSetting } from './drift.ts'
import { BLOCK, Random, streamSeed } from './random.ts'
import { bucketShare, logAmount, logAmountOfProvider, needsAuthorization, specialtyOfBucket } from './vocabulary.ts'

export type GenerateOptions = {
  n: number
  seed: number
  /** number of the first claim; claims are the same whichever call makes them */
  startIndex?: number
  /** date of service of the first claim, `YYYY-MM-DD` */
  startDate: string
  drift?: DriftSetting
  /** adds this to the log-odds of denial for female patients: a biased label, for fairness checks to find */
  labelBias?: number
}

const N_MEMBERS = 200_000
const N_PROVIDERS = 4_000
const CLAIMS_PER_DAY = 800
const FRAUD_SHARE = 0.035
const LATE_AFTER_DAYS = 90

/**
 * Synthetic medical claims straight into columns. No patient data: every number is drawn. Amounts are log-normal per CPT bucket and
 * provider type; denial follows authorization, late submission, coding mismatch, necessity and the traces of fraud.
 */
export function generateClaims(options: GenerateOptions): ClaimColumns {
  const { n, seed, startIndex = 0 } = options
  const columns = emptyColumns(n, startIndex)
  const firstDay = Math.floor(Date.parse(`${options.startDate}T00:00:00Z`) / 86_400_000)
  let random = new Random(0)
  let block = -1
  const skipped = startIndex % BLOCK
  for (let k = -skipped; k < n; k++) {
    const index = startIndex + k
    if (Math.floor(index / BLOCK) !== block) {
      block = Math.floor(index / BLOCK)
      random = new Random(streamSeed(seed, block))
    }
    // Claims of the block before the first wanted one are drawn and dropped, so that the stream stands where it should.
    drawClaim(columns, Math.max(k, 0), { random, index, firstDay, startIndex, options })
  }
  return columns
}

type Draw = { random: Random; index: number; firstDay: number; startIndex: number; options: GenerateOptions }

function drawClaim(c: ClaimColumns, i: number, { random, index, firstDay, startIndex, options }: Draw): void {
  const drift = driftAt(options.drift, index)
  const bucket = drawBucket(random, drift.caseMix)
  c.cptBucket[i] = bucket
  c.cptOffset[i] = random.below(80)
  c.memberNumber[i] = random.below(N_MEMBERS)
  c.providerNumber[i] = random.below(N_PROVIDERS)
  c.serviceDay[i] = firstDay + Math.floor((index - startIndex) / CLAIMS_PER_DAY)
  c.providerType[i] = drawProviderType(random, bucket)
  c.diagnosis[i] = random.below(20)
  c.icdNumber[i] = random.below(100)
  c.gender[i] = random.below(2)
  c.region[i] = random.below(4)
  c.plan[i] = random.below(5)
  c.age[i] = Math.max(0, Math.min(100, Math.round(46 + 21 * random.normal())))
  c.inNetwork[i] = random.uniform() < 0.82 ? 1 : 0
  c.authorized[i] = random.uniform() < (needsAuthorization[bucket] ? 0.72 : 0.12) ? 1 : 0
  c.units[i] = 1 + Math.floor(-Math.log(1 - random.uniform()) * 0.9)
  c.daysToSubmit[i] = Math.min(365, Math.floor(Math.exp(2.5 + 1.05 * random.normal())))
  const isMatching = random.uniform() < 0.88
  c.specialty[i] = isMatching ? specialtyOfBucket[bucket] : (specialtyOfBucket[bucket] + 1 + random.below(9)) % 10
  const mean = logAmount[bucket] + logAmountOfProvider[c.providerType[i]] + 0.25 * drift.price
  c.billed[i] = cents(Math.exp(mean + 0.45 * random.normal()) * (1 + 0.35 * (c.units[i] - 1)))
  drawFraud(c, i, random)
  const share = 0.62 + 0.13 * c.inNetwork[i] + 0.03 * (c.plan[i] - 2) + 0.06 * random.normal()
  c.allowed[i] = cents(c.billed[i] * Math.max(0.15, Math.min(1, share)))
  decide(c, i, random, { ruleChange: drift.rule, denialShift: drift.denial, labelBias: options.labelBias ?? 0 })
}

function drawBucket(random: Random, caseMix: number): number {
  // Case mix drifts towards surgery, emergency and therapy.
  let u = random.uniform() * (100 + 45 * caseMix)
  for (let bucket = 0; bucket < 10; bucket++) {
    const heavier = bucket === 1 || bucket === 6 || bucket === 8 ? 15 * caseMix : 0
    u -= bucketShare[bucket] + heavier
    if (u < 0) return bucket
  }
  return 9
}

function drawProviderType(random: Random, bucket: number): number {
  const u = random.uniform()
  if (bucket === 1 || bucket === 5 || bucket === 6) return u < 0.75 ? 0 : u < 0.9 ? 2 : 3
  if (u < 0.2) return 0
  return u < 0.62 ? 1 : u < 0.84 ? 2 : u < 0.94 ? 3 : 4
}

/** Fraud leaves its traces in what is billed: amount, units, the specialty that bills. */
function drawFraud(c: ClaimColumns, i: number, random: Random): void {
  const isFraud = random.uniform() < FRAUD_SHARE
  const pattern = 1 + random.below(5)
  if (!isFraud) {
    c.fraudPattern[i] = 0
    return
  }
  c.fraudPattern[i] = pattern
  if (pattern === 1) c.billed[i] = cents(c.billed[i] * 2.6)
  else if (pattern === 2) c.units[i] = Math.min(30, c.units[i] + 5)
  else if (pattern === 3) c.billed[i] = cents(c.billed[i] * 1.8)
  else if (pattern === 5) c.units[i] = Math.min(60, c.units[i] + 14)
}

type Decision = { ruleChange: number; denialShift: number; labelBias: number }

/** Log-odds of denial from what is known at the decision, then the decision itself. */
function decide(c: ClaimColumns, i: number, random: Random, { ruleChange, denialShift, labelBias }: Decision): void {
  const bucket = c.cptBucket[i]
  const lacksAuthorization = needsAuthorization[bucket] === 1 && c.authorized[i] === 0
  const isLate = c.daysToSubmit[i] > LATE_AFTER_DAYS * (1 - 0.6 * Math.min(1, ruleChange))
  const isMismatch = c.specialty[i] !== specialtyOfBucket[bucket]
  const excess = Math.log(c.billed[i]) - logAmount[bucket] - logAmountOfProvider[c.providerType[i]]
  const parts = [
    lacksAuthorization ? 6.0 : 0,
    isLate ? 5.8 : 0,
    isMismatch ? 5.6 : 0,
    Math.max(0, excess - 0.6) * 5 + (c.units[i] > 5 ? 4.2 : 0),
    c.inNetwork[i] === 0 ? 1.1 - 1.6 * ruleChange : 0,
  ]
  const logOdds = -4.2 + parts[0] + parts[1] + parts[2] + parts[3] + parts[4] + 0.9 * denialShift
  const biased = logOdds + (c.gender[i] === 0 ? labelBias : 0)
  c.denialProbability[i] = 1 / (1 + Math.exp(-biased))
  const isDenied = random.uniform() < c.denialProbability[i]
  c.outcome[i] = isDenied ? 1 : 0
  c.denialReason[i] = isDenied ? reasonOf(parts) : 0
}

/** The largest cause: authorization, lateness, coding, duplicate/necessity by amount, necessity otherwise. */
function reasonOf(parts: number[]): number {
  const largest = parts.indexOf(Math.max(...parts))
  return parts[largest] < 1 ? 5 : [1, 2, 3, 4, 5][largest]
}

const cents = (dollars: number) => Math.round(dollars * 100) / 100
