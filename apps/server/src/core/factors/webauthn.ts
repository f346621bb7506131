/** Formats whose certificates the library would follow to their roots. */
const certified = ["android-key", "android-safetynet", "apple"] as const

/**
 * SimpleWebAuthn, which reads what browsers and authenticators say; loaded with the first passkey,
 * for it brings a reader of certificates along. Which make an authenticator is, we do not ask: so
 * that the library has no reason to fetch revocation lists from addresses that somebody's
 * certificate names, it knows no roots.
 */
export async function webauthn() {
  const library = await import("@simplewebauthn/server")
  for (const identifier of certified)
    library.SettingsService.setRootCertificates({ identifier, certificates: [] })
  return library
}
