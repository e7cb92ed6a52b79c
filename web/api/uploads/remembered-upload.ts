/** An upload that was begun in this browser and is not finished: enough to know its file again. */
export type RememberedUpload = { id: string; name: string; sizeBytes: number; lastModified: number; offset: number }

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

const storageKey = 'assay.upload'

/** The upload that a reload cut off; undefined when there is none, or what is stored cannot be read. */
export function rememberedUpload(storage: Storage = localStorage): RememberedUpload | undefined {
  try {
    const value = JSON.parse(storage.getItem(storageKey) ?? 'null') as Partial<RememberedUpload> | null
    if (typeof value?.id !== 'string' || typeof value.name !== 'string') return undefined
    if (typeof value.sizeBytes !== 'number' || typeof value.lastModified !== 'number') return undefined
    return { offset: 0, ...value } as RememberedUpload
  } catch {
    return undefined
  }
}

export const rememberUpload = (upload: RememberedUpload, storage: Storage = localStorage) =>
  storage.setItem(storageKey, JSON.stringify(upload))

export const forgetUpload = (storage: Storage = localStorage) => storage.removeItem(storageKey)

/** Whether a chosen file is the one that was on its way: same name, size and time of change. */
export const isSameFile = (upload: RememberedUpload, file: Pick<File, 'name' | 'size' | 'lastModified'>) =>
  upload.name === file.name && upload.sizeBytes === file.size && upload.lastModified === file.lastModified
