import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/**
 * Whether mail of this kind is taken here: what follows the @ must be on the operator's list, letter
 * by letter, when there is one.
 * @throws AppError `mail.suffix`
 */
export function requireSuffix({ live }: Pick<Deps, "live">, email: string): void {
  const { settings } = live.current()
  if (!settings["mail.suffixes.enabled"]) return
  const suffix = email.slice(email.lastIndexOf("@") + 1).toLowerCase()
  if (!settings["mail.suffixes"].includes(suffix)) throw new AppError("mail.suffix", { suffix })
}
