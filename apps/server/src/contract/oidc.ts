import { z } from "zod"
import { entityId } from "./id.ts"

export const oidcProvidersMax = 20

/** Part of the address the issuer sends people back to, so it stays as it is. */
const providerId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/)

/** Somebody else whose word for who a person is we take: any issuer of OpenID Connect. */
export const oidcProvider = z.object({
  id: providerId,
  /** On the button. */
  name: z.string().trim().min(1).max(64),
  /** Where `/.well-known/openid-configuration` is found. May be private. */
  issuer: z.url({ protocol: /^https?$/ }).max(255),
  clientId: z.string().trim().min(1).max(255),
  /** Beside `openid`. */
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/)).max(20),
  enabled: z.boolean(),
})
export type OidcProvider = z.infer<typeof oidcProvider>

/** As an administrator sees it: of the client's secret only whether there is one. */
export type OidcProviderView = OidcProvider & { secretSet: boolean }

/** Without `clientSecret` the one that is kept stays, as long as the issuer does; null takes it away. */
export const saveOidcProvider = z.object({
  provider: oidcProvider,
  clientSecret: z.string().trim().min(1).max(1_024).nullable().optional(),
})
export const deleteOidcProvider = z.object({ id: providerId })

/** `redirect` is the page of ours that was first asked for. */
export const beginOidc = z.object({
  provider: providerId,
  redirect: z.string().max(2_048).optional(),
})

export const identityId = z.object({ id: entityId })

/** An account elsewhere that lets its owner in here. */
export type IdentityView = {
  id: string
  provider: string
  label: string
  createdAt: number
  lastUsedAt: number | null
}
