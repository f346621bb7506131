/** What is needed to ask an issuer about somebody. */
export type OidcClient = {
  issuer: string
  clientId: string
  clientSecret: string | undefined
  scopes: readonly string[]
  /** Where the issuer sends people back to; the same when asking as when they are back. */
  redirectUri: string
}

/** What only the browser that was sent, the issuer and we know; compared when they are back. */
export type OidcChecks = { state: string; nonce: string; verifier: string }

/** What an issuer says of somebody, after its signature was checked. */
export type OidcClaims = {
  issuer: string
  subject: string
  email: string | undefined
  /** Only an issuer that plainly says so has verified it. */
  emailVerified: boolean
  /** What they are called there. */
  name: string | undefined
}

/** Speaks to issuers, within limits of time and size. Throws whatever went wrong; it is for the log. */
export type Oidc = {
  /** Where to send the browser. */
  begin(client: OidcClient): Promise<{ address: string; checks: OidcChecks }>
  /** `query` is what the browser came back with, as in `?code=…&state=…`. */
  finish(client: OidcClient, checks: OidcChecks, query: string): Promise<OidcClaims>
}

const labelCharsMax = 255
/** What they see of it in the list of their accounts elsewhere. */
export const labelOf = ({ email, name, subject }: OidcClaims): string =>
  (email ?? name ?? subject).slice(0, labelCharsMax)
