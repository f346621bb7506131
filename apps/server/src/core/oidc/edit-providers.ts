import { type Db, live as rows } from "@nio/db"
import {
  type OidcProvider,
  type OidcProviderView,
  oidcProvidersMax,
  settings,
} from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { deleteSecret, readSecret, writeSecret } from "./oidc-providers.ts"

const setting = "signIn.providers"

export async function listProviders(deps: Deps, actor: Actor): Promise<OidcProviderView[]> {
  requireAdmin(actor)
  const providers = deps.live.current().settings[setting]
  return Promise.all(
    providers.map(async (provider) => ({
      ...provider,
      secretSet: (await readSecret(deps, deps.db, provider)) !== undefined,
    })),
  )
}

type Saved = { provider: OidcProvider; clientSecret?: string | null | undefined }

/** Adds a provider, or changes the one with its id. @throws AppError `input.invalid` for one too many */
export async function saveProvider(
  deps: Deps,
  actor: Actor,
  { provider, clientSecret }: Saved,
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    const before = await readProviders(tx)
    const isNew = !before.some(({ id }) => id === provider.id)
    if (isNew && before.length >= oidcProvidersMax)
      throw new AppError("input.invalid", { detail: `at most ${oidcProvidersMax} providers` })
    const after = isNew
      ? [...before, provider]
      : before.map((one) => (one.id === provider.id ? provider : one))
    await save(deps, tx, after)
    if (clientSecret) await writeSecret(deps, tx, provider, clientSecret)
    if (clientSecret === null) await deleteSecret(tx, provider.id)
    await recordAudit(deps, tx, actor, {
      act: "oidc.save-provider",
      targetId: provider.id,
      before: before.find(({ id }) => id === provider.id) ?? null,
      after: { ...provider, ...(clientSecret !== undefined && { clientSecret: "changed" }) },
    })
  })
  return null
}

/** Who signed in by it keeps their account, and has to find another way in. */
export async function deleteProvider(
  deps: Deps,
  actor: Actor,
  { id }: { id: string },
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    const before = await readProviders(tx)
    await save(
      deps,
      tx,
      before.filter((one) => one.id !== id),
    )
    await deleteSecret(tx, id)
    await recordAudit(deps, tx, actor, {
      act: "oidc.delete-provider",
      targetId: id,
      before: before.find((one) => one.id === id) ?? null,
      after: null,
    })
  })
  return null
}

/** As stored, and not as this node last heard: two who edit at once do not undo each other. */
async function readProviders(tx: Db): Promise<OidcProvider[]> {
  const stored = await rows.findSetting(tx, setting)
  return settings[setting].schema.safeParse(stored).data ?? []
}

const save = ({ now }: Deps, tx: Db, value: OidcProvider[]) =>
  rows.saveSetting(tx, { key: setting, value, updatedAt: now() })
