import { live as rows } from "@nio/db"
import { type SettingKey, type Settings, settings } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "./change-live.ts"

/** @throws AppError `auth.forbidden`, `input.invalid` */
export async function setSetting<Key extends SettingKey>(
  deps: Deps,
  actor: Actor,
  change: { key: Key; value: Settings[Key] },
): Promise<void> {
  await setSettings(deps, actor, [change])
}

/** All of the changes or none. @throws AppError `auth.forbidden`, `input.invalid` with the setting as `param` */
export async function setSettings(
  deps: Deps,
  actor: Actor,
  changes: readonly { key: SettingKey; value: unknown }[],
): Promise<null> {
  requireAdmin(actor)
  const judged = changes.map(({ key, value }) => {
    const { data, error } = settings[key].schema.safeParse(value)
    if (error)
      throw new AppError("input.invalid", { detail: error.issues[0]?.message ?? key, param: key })
    return { key, value: data }
  })

  await changeLive(deps, async (tx) => {
    for (const { key, value } of judged) {
      const before = await rows.findSetting(tx, key)
      await rows.saveSetting(tx, { key, value, updatedAt: deps.now() })
      await recordAudit(deps, tx, actor, {
        act: "setting.set",
        targetId: key,
        before: before ?? null,
        after: value,
      })
    }
  })
  return null
}
