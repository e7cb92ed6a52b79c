import { expect, it } from 'vitest'
import { forgetUpload, isSameFile, rememberedUpload, rememberUpload } from './remembered-upload.ts'

function storage(initial: string | null = null) {
  let value = initial
  return {
    getItem: () => value,
    setItem: (_: string, next: string) => void (value = next),
    removeItem: () => void (value = null),
  }
}

const upload = { id: 'u1', name: 'claims.csv', sizeBytes: 10, lastModified: 5, offset: 4 }

it('is kept until it is forgotten', () => {
  const kept = storage()
  rememberUpload(upload, kept)
  expect(rememberedUpload(kept)).toEqual(upload)
  forgetUpload(kept)
  expect(rememberedUpload(kept)).toBeUndefined()
})

it('is none when what is stored is something else', () => {
  for (const text of [null, '', '{', '[]', '"x"', '{"id":1}', '{"id":"a","name":"b"}']) {
    expect(rememberedUpload(storage(text))).toBeUndefined()
  }
})

it('knows its file by name, size and time of change', () => {
  expect(isSameFile(upload, { name: 'claims.csv', size: 10, lastModified: 5 })).toBe(true)
  expect(isSameFile(upload, { name: 'claims.csv', size: 11, lastModified: 5 })).toBe(false)
  expect(isSameFile(upload, { name: 'claims.csv', size: 10, lastModified: 6 })).toBe(false)
})
