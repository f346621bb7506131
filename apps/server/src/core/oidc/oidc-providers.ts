import { type Db, live as rows } from "@nio/db"
import type { OidcProvider } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { OidcClient } from "./oidc.ts"

/**
 * Where issuers send people back to. By the address the operator says the site has, never by what a
 * request calls it: else a forged `Host` would have codes sent elsewhere.
 * @throws AppError `oidc.no-address` while none is set
 */
function redirectUriOf({ live }: Deps, providerId: string): string {
  const address = live.current().settings["site.address"]
  if (!address) throw new AppError("oidc.no-address")
  return `${address.replace(/\/$/, "")}/oidc/${providerId}/callback`
}

/** Those that people may use now; none while the site's address is not known. */
export function openProviders({ live }: Pick<Deps, "live">): { id: string; name: string }[] {
  const { settings } = live.current()
  if (!settings["site.address"]) return []
  return settings["signIn.providers"]
    .filter(({ enabled }) => enabled)
    .map(({ id, name }) => ({ id, name }))
}

/** @throws AppError `oidc.unknown`, `oidc.no-address` */
export async function clientOf(deps: Deps, id: string): Promise<OidcClient> {
  const providers = deps.live.current().settings["signIn.providers"]
  const provider = providers.find((one) => one.id === id && one.enabled)
  if (!provider) throw new AppError("oidc.unknown")
  const { issuer, clientId, scopes } = provider
  const clientSecret = await readSecret(deps, deps.db, provider)
  return { issuer, clientId, clientSecret, scopes, redirectUri: redirectUriOf(deps, id) }
}

/** Its row is no setting that anybody can list. */
const secretRow = (id: string) => `oidc-secret:${id}`

/** Sealed together with the issuer it is for: whoever changes the address does not get the secret sent there. */
export async function writeSecret(
  { vault, now }: Deps,
  tx: Db,
  { id, issuer }: OidcProvider,
  secret: string,
): Promise<void> {
  const value = vault.seal(JSON.stringify([issuer, secret]))
  await rows.saveSetting(tx, { key: secretRow(id), value, updatedAt: now() })
}

export async function readSecret(
  { vault }: Deps,
  db: Db,
  { id, issuer }: OidcProvider,
): Promise<string | undefined> {
  const sealed = await rows.findSetting(db, secretRow(id))
  const opened = typeof sealed === "string" ? vault.open(sealed) : undefined
  if (opened === undefined) return undefined
  const [boundTo, secret] = JSON.parse(opened) as [string, string]
  return boundTo === issuer ? secret : undefined
}

export const deleteSecret = (tx: Db, id: string): Promise<void> =>
  rows.deleteSetting(tx, secretRow(id))
