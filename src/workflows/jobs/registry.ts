import { anonymityJob } from './anonymity.ts'
import { checkJob } from './check.ts'
import { claimsJob } from './claims.ts'
import { crossValidateJob } from './cross-validate.ts'
import { diffJob, ruleFaultsJob } from './dataset-questions.ts'
import { evaluateJob } from './evaluate.ts'
import { explainJob } from './explain.ts'
import { ingestJob } from './ingest.ts'
import type { Job } from './job.ts'
import { findSubjectJob, withoutSubjectJob } from './subject.ts'
import { splitJob } from './split.ts'
import { testSourceJob } from './test-source.ts'
import { trapsJob } from './traps.ts'
import { trainJob } from './train.ts'

/** Every job a child process can be asked for, by name. */
export const jobs = [
  checkJob,
  claimsJob,
  ingestJob,
  splitJob,
  trapsJob,
  crossValidateJob,
  trainJob,
  evaluateJob,
  explainJob,
  findSubjectJob,
  withoutSubjectJob,
  testSourceJob,
  diffJob,
  ruleFaultsJob,
  anonymityJob,
] as Job<never, unknown>[]
