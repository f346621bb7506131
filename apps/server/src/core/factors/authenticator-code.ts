import { Secret, TOTP } from "otpauth"

/** Seconds a code is shown. What every authenticator app can do: SHA-1, six digits, half a minute. */
const period = 30
/** Steps a clock may be ahead or behind. */
const stepsOff = 1
const secretBytes = 20

const made = { algorithm: "SHA1", digits: 6, period } as const

export const newAuthenticatorSecret = (): string => new Secret({ size: secretBytes }).base32

/** What the QR code says. */
export const authenticatorUri = (secret: string, { site, name }: { site: string; name: string }) =>
  new TOTP({ ...made, issuer: site, label: name, secret: Secret.fromBase32(secret) }).toString()

/** @returns the time step the code belongs to, or undefined when it is of none near `now` */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  const totp = new TOTP({ ...made, secret: Secret.fromBase32(secret) })
  // Compared in constant time.
  const delta = totp.validate({ token: code, timestamp: now, window: stepsOff })
  return delta === null ? undefined : Math.floor(now / (period * 1_000)) + delta
}
