import { eq } from 'drizzle-orm'
import { randomInt } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import { experiments } from './tables.ts'

export type Experiment = typeof experiments.$inferSelect

/**
 * A new experiment.
 * @throws EXPERIMENT_EXISTS when the name is taken, also by a deleted experiment.
 */
export async function createExperiment(tx: Db | Tx, name: string): Promise<Experiment> {
  const created = await insertExperiment(tx, name)
  if (!created) throw new AssayError('EXPERIMENT_EXISTS', { name })
  return created
}

/** The experiment of that name, made when there is none. Safe to call from many processes at once. */
export async function getOrCreateExperiment(tx: Db | Tx, name: string): Promise<Experiment> {
  const created = (await findExperiment(tx, name)) ?? (await insertExperiment(tx, name))
  // Lost the race to another transaction, which has committed by now: the insert waited for it.
  return created ?? (await findExperiment(tx, name))!
}

/** The experiment of that name, or undefined. */
export async function findExperiment(db: Db | Tx, name: string): Promise<Experiment | undefined> {
  const [found] = await db.select().from(experiments).where(eq(experiments.name, name))
  return found
}

async function insertExperiment(tx: Db | Tx, name: string): Promise<Experiment | undefined> {
  const now = Date.now()
  const [created] = await tx
    .insert(experiments)
    .values({ experimentId: newExperimentId(), name, createdAtMs: now, updatedAtMs: now })
    .onConflictDoNothing({ target: experiments.name })
    .returning()
  return created
}

/** 18 decimal digits, as MLflow's file store makes them: clients expect digits, and "0" stays free for its default experiment. */
function newExperimentId(): string {
  const digits = () => String(randomInt(1e9)).padStart(9, '0')
  return String(randomInt(1, 10)) + digits().slice(1) + digits()
}
