import { AssayError } from '../errors/index.ts'
import type { Logger } from '../platform/index.ts'
import type { Deployment, ModelVersion } from '../registry/index.ts'
import { loadVersion, type LoadedVersion, type VersionLoader } from './loaded-version.ts'
import type { VariantRole } from './prediction-log.ts'

/** What should be served, as the registry has it. */
export type DesiredDeployments = {
  list(): Promise<Deployment[]>
  /** undefined for a model that was never deployed */
  find(model: string): Promise<Deployment | undefined>
  getVersion(model: string, version: string): Promise<ModelVersion>
  findPreviousChampion(model: string): Promise<ModelVersion | undefined>
}

export type RuntimeFault = { version: string; role: VariantRole; message: string }
export type ServedVariant = { role: VariantRole; share: number; loaded: LoadedVersion }
/** What this process serves of a model. Replaced as a whole, never changed. */
export type ServedModel = {
  revision: number
  variants: ReadonlyMap<VariantRole, ServedVariant>
  faults: RuntimeFault[]
}

/**
 * Follows the desired deployments. A version is loaded before it takes traffic; the switch is one assignment, so a request sees
 * either the old or the new set and none is dropped; the previous champion stays in memory, so that a rollback loads nothing.
 * A champion that cannot be loaded leaves the present one serving and is reported as a fault.
 */
export class Runtime {
  readonly #desired: DesiredDeployments
  readonly #loader: VersionLoader
  readonly #log: Logger
  readonly #served = new Map<string, ServedModel>()
  readonly #inMemory = new Map<string, Map<string, LoadedVersion>>()
  readonly #previous = new Map<string, string>()
  #work: Promise<void> = Promise.resolve()

  constructor(options: { desired: DesiredDeployments; loader: VersionLoader; log: Logger }) {
    this.#desired = options.desired
    this.#loader = options.loader
    this.#log = options.log
  }

  find(model: string): ServedModel | undefined {
    return this.#served.get(model)
  }

  models(): string[] {
    return [...this.#served.keys()]
  }

  /** Versions of a model in memory, the warm predecessor among them. */
  inMemory(model: string): string[] {
    return [...(this.#inMemory.get(model)?.values() ?? [])].map((loaded) => loaded.version)
  }

  /**
   * Brings a model (or all) to what the registry wants now. Calls run one after another; when it resolves, what was committed
   * before the call is served, or stands among the model's faults.
   * @throws when the registry cannot be read
   */
  reconcile(model?: string): Promise<void> {
    const done = this.#work.then(async () => {
      const found = model === undefined ? await this.#desired.list() : [await this.#desired.find(model)]
      for (const deployment of found) if (deployment) await this.#follow(deployment)
    })
    this.#work = done.catch(() => {})
    return done
  }

  async #follow(desired: Deployment): Promise<void> {
    const { model } = desired
    await this.#findLateLayouts(model)
    const present = this.#served.get(model)
    if (present?.revision === desired.revision && present.faults.length === 0) return

    const variants = new Map<VariantRole, ServedVariant>()
    const faults: RuntimeFault[] = []
    for (const { version, role, share } of desired.variants) {
      try {
        variants.set(role, { role, share, loaded: await this.#load(model, version) })
      } catch (error) {
        faults.push(this.#fault(model, { version, role }, { error, present }))
        const champion = present?.variants.get('champion')
        if (role === 'champion' && champion) variants.set('champion', champion)
      }
    }
    this.#switch(model, { revision: desired.revision, variants, faults })
    await this.#warmPrevious(model)
    this.#evict(model)
  }

  #fault(
    model: string,
    { version, role }: { version: string; role: VariantRole },
    { error, present }: { error: unknown; present: ServedModel | undefined },
  ): RuntimeFault {
    const message = error instanceof Error ? error.message : String(error)
    const isKnown = present?.faults.some((fault) => fault.version === version && fault.role === role) ?? false
    if (!isKnown) this.#log.error({ err: error, model, version, role }, 'a version cannot be served')
    return { version, role, message }
  }

  #switch(model: string, next: ServedModel): void {
    const before = this.#served.get(model)?.variants.get('champion')?.loaded
    const after = next.variants.get('champion')?.loaded
    if (before && before !== after) this.#previous.set(model, before.version)
    this.#served.set(model, next)
    const variants = [...next.variants.values()].map(({ role, loaded }) => `${role} ${loaded.version}`)
    this.#log.info({ model, revision: next.revision, variants }, 'serving')
  }

  async #load(model: string, version: string): Promise<LoadedVersion> {
    const cache = this.#inMemory.get(model) ?? new Map<string, LoadedVersion>()
    this.#inMemory.set(model, cache)
    const found = cache.get(version)
    if (found) return found
    const loaded = await loadVersion(this.#loader, await this.#desired.getVersion(model, version))
    cache.set(version, loaded)
    return loaded
  }

  /** After a restart the predecessor is not in memory yet. */
  async #warmPrevious(model: string): Promise<void> {
    if (this.#previous.has(model) || !this.#served.get(model)?.variants.has('champion')) return
    try {
      const previous = await this.#desired.findPreviousChampion(model)
      if (!previous) return
      await this.#load(model, previous.version)
      this.#previous.set(model, previous.version)
    } catch (error) {
      this.#log.warn({ err: error, model }, 'the previous champion is not kept warm')
    }
  }

  #evict(model: string): void {
    const kept = new Set([...this.#served.get(model)!.variants.values()].map(({ loaded }) => loaded.version))
    const previous = this.#previous.get(model)
    if (previous !== undefined) kept.add(previous)
    const cache = this.#inMemory.get(model)
    for (const version of cache?.keys() ?? []) if (!kept.has(version)) cache!.delete(version)
  }

  /** A reference may be recorded after its version was loaded; what came before is then not counted on its bins. */
  async #findLateLayouts(model: string): Promise<void> {
    for (const loaded of this.#inMemory.get(model)?.values() ?? [])
      loaded.layout ??= await this.#loader.findLayout(model, loaded.version)
  }

  /**
   * The variant that answers.
   * @throws NOT_FOUND for a model that is not deployed, VARIANT_NOT_DEPLOYED, NO_CHAMPION
   */
  resolve(model: string, role: VariantRole): ServedVariant {
    const served = this.#served.get(model)
    if (!served) throw new AssayError('NOT_FOUND', { what: 'Deployment', id: model })
    const variant = served.variants.get(role)
    if (variant) return variant
    if (role === 'champion') throw new AssayError('NO_CHAMPION', { model })
    throw new AssayError('VARIANT_NOT_DEPLOYED', { model, variant: role })
  }
}
