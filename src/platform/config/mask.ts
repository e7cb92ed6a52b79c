/** A URL as it may be shown: the password, and passwords among the parameters, are replaced by ***. */
export function maskUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*?:)[^/?#]*@/i, '$1***@')
    .replace(/([?&](?:password|sslpassword|secret|token|key)=)[^&#]*/gi, '$1***')
}
