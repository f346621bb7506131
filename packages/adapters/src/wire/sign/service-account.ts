/** What of a Google service account's JSON it takes to ask for a token. */
export type ServiceAccount = {
  client_email: string
  private_key: string
  private_key_id?: string
  token_uri?: string
}

export const tokenUriDefault = "https://oauth2.googleapis.com/token"
const scope = "https://www.googleapis.com/auth/cloud-platform"
/** As long as Google allows. */
const lifetimeS = 3_600

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** What is signed. @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export function assertionInput(account: ServiceAccount, now: number): string {
  const { client_email: iss, private_key_id: kid, token_uri: aud = tokenUriDefault } = account
  const iat = Math.floor(now / 1_000)
  const claims = { iss, scope, aud, iat, exp: iat + lifetimeS }
  return `${base64url({ alg: "RS256", typ: "JWT", kid })}.${base64url(claims)}`
}

const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }

/**
 * A statement that this is the account, good for an hour.
 *
 * @throws Error when the private key is none
 */
export async function signAssertion(account: ServiceAccount, now: number): Promise<string> {
  const pem = account.private_key.replace(/-----[A-Z ]+-----|\s/g, "")
  const key = await crypto.subtle.importKey("pkcs8", Buffer.from(pem, "base64"), rsa, false, [
    "sign",
  ])
  const input = assertionInput(account, now)
  const signature = await crypto.subtle.sign(rsa, key, Buffer.from(input))
  return `${input}.${Buffer.from(signature).toString("base64url")}`
}
