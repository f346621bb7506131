import { channels } from "@nio/db"
import type { Deps } from "../deps.ts"
import { isSealed, readSecrets, writeSecrets } from "./channel-secrets.ts"

/**
 * Seals what channels of earlier versions keep as it is. A repeat changes nothing; nodes that do it at
 * once seal the same twice, and who edits a channel meanwhile has sealed it themselves.
 * @returns how many were sealed
 */
export async function sealChannels({ db, vault }: Pick<Deps, "db" | "vault">): Promise<number> {
  let sealed = 0
  for (const row of await channels.list(db)) {
    if (isSealed(row.secrets)) continue
    const secrets = readSecrets(vault, row.secrets)
    if (secrets && (await channels.seal(db, row, writeSecrets(vault, secrets)))) sealed++
  }
  return sealed
}
