/**
 * The signed-in actor's key, kept for this browser tab alone (sessionStorage), so that closing the tab signs out.
 * Without a key the server trusts the loopback interface where it is configured to.
 */
const storageKey = 'assay.key'
const listeners = new Set<() => void>()

export function currentKey(): string | null {
  return globalThis.sessionStorage?.getItem(storageKey) ?? null
}

export function setKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(storageKey)
  else sessionStorage.setItem(storageKey, key)
  for (const listener of listeners) listener()
}

/** Calls back after each sign-in and sign-out; returns how to stop. */
export function onKeyChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Browsers cannot set headers on a WebSocket: the key travels as a subprotocol. */
export function socketProtocols(): string[] {
  const key = currentKey()
  return key === null ? [] : [`assay.bearer.${key}`]
}
