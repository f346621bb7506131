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
  { key, value }: { key: Key; value: Settings[Key] },
): Promise<void> {
  requireAdmin(actor)
  const { data, error } = settings[key].schema.safeParse(value)
  if (error) throw new AppError("input.invalid", { detail: error.issues[0]?.message ?? key })

  await changeLive(deps, async (tx) => {
    const before = await rows.findSetting(tx, key)
    await rows.saveSetting(tx, { key, value: data, updatedAt: deps.now() })
    await recordAudit(deps, tx, actor, {
      act: "setting.set",
      targetId: key,
      before: before ?? null,
      after: data,
    })
  })
}
