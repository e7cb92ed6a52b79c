import { AssayError } from '../errors/index.ts'
import { isLoopbackHost } from '../platform/index.ts'

/** The parts of a request by which a browser gives away who is behind it. */
export type Provenance = { host: string | undefined; origin: string | undefined }

/**
 * Keeps web pages of others from using a browser as their hand. Where calls over loopback need no key, the Host must be this
 * machine: a foreign name that was made to resolve to 127.0.0.1 ("DNS rebinding") still stands in the Host header. Anywhere,
 * a page may only call the server that it came from.
 * @throws HOST_REFUSED, ORIGIN_REFUSED
 */
export function checkProvenance(request: Provenance, server: { host: string; trustLoopback: boolean }): void {
  const given = request.host ?? ''
  const name = hostName(given)
  if (server.trustLoopback && !isLoopbackHost(name) && name !== server.host.toLowerCase()) {
    throw new AssayError('HOST_REFUSED', { given: given || 'none' })
  }
  // A request without Origin does not come from a page's script or form: browsers send it with every POST and WebSocket.
  if (request.origin !== undefined && originHost(request.origin) !== given.toLowerCase()) {
    throw new AssayError('ORIGIN_REFUSED', { origin: request.origin, host: given || 'none' })
  }
}

function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
}

/** `http://localhost:8000` -> `localhost:8000`; "null", as sandboxed pages send it, has none. */
function originHost(origin: string): string | undefined {
  return URL.parse(origin)?.host || undefined
}
