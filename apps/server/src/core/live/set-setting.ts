import { live as rows } from "@nio/db"
import { isSecret, type SettingKey, type Settings, settings } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "./change-live.ts"
import { isSetWord, storedSetting } from "./secret-setting.ts"

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
  const judged = changes
    .filter(({ key, value }) => !(isSecret(key) && value === ""))
    .map(({ key, value }) => ({ key, value: judge(key, value) }))

  await changeLive(deps, async (tx) => {
    for (const { key, value } of judged) {
      const before = (await rows.findSetting(tx, key)) ?? null
      const stored = storedSetting(deps.vault, key, value)
      await rows.saveSetting(tx, { key, value: stored, updatedAt: deps.now() })
      const shown = isSecret(key)
        ? { before: isSetWord(before), after: isSetWord(stored) }
        : undefined
      await recordAudit(deps, tx, actor, {
        act: "setting.set",
        targetId: key,
        ...(shown ?? { before, after: value }),
      })
    }
  })
  return null
}

function judge(key: SettingKey, value: unknown): unknown {
  if (isSecret(key) && value === null) return ""
  const { data, error } = settings[key].schema.safeParse(value)
  if (!error) return data
  throw new AppError("input.invalid", { detail: error.issues[0]?.message ?? key, param: key })
}
