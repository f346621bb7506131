import type { TestMail } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps, MailOutcome } from "../deps.ts"
import { handOver } from "./send-mail.ts"

/**
 * Sends a mail with the settings as they are saved, for the operator to see what the server says.
 * @throws AppError `auth.forbidden`, `mail.not-configured`, `input.invalid`
 */
export async function testMail(
  deps: Deps,
  actor: Actor,
  { to, language }: TestMail,
): Promise<MailOutcome> {
  requireAdmin(actor)
  return handOver(deps, { to, template: "test", params: {}, language })
}
