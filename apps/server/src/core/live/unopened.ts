import { channels, live as rows } from "@nio/db"
import { isSecret, settings } from "../../contract/index.ts"
import { readSecrets } from "../channel/channel-secrets.ts"
import type { Deps } from "../deps.ts"
import { openSetting } from "./secret-setting.ts"

/** Names of the channels and settings whose secrets were sealed with another `SECRET` than ours. */
export async function listUnopened({ db, vault }: Pick<Deps, "db" | "vault">): Promise<string[]> {
  const closed = (await channels.list(db)).filter(({ secrets }) => !readSecrets(vault, secrets))
  const names = closed.map(({ name }) => `channel ${name}`)
  for (const key of Object.keys(settings).filter(isSecret))
    if (openSetting(vault, await rows.findSetting(db, key)) === undefined)
      names.push(`setting ${key}`)
  return names
}
