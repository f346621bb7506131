import { isDuplicate, users } from "@nio/db"
import type { CreateUser } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { hashPassword, requireStrong } from "../identity/password.ts"
import { personName } from "./person-name.ts"

/**
 * Makes an account for somebody, who signs in with the password they are told.
 * @throws AppError `name.invalid`, `name.reserved`, `name.taken`, `mail.taken`, `auth.password-weak`
 */
export async function addUser(
  deps: Deps,
  actor: Actor,
  { name: typed, password, email }: CreateUser,
): Promise<{ id: string }> {
  requireAdmin(actor)
  const name = personName(typed)
  requireStrong(password, name)
  if (await users.findUserByName(deps.db, name)) throw new AppError("name.taken", { name })
  const id = deps.newId()
  const passwordHash = await hashPassword(password)
  const account = { id, name, passwordHash, role: "user", state: "active" } as const
  try {
    await deps.db.transaction(async (tx) => {
      const user = { ...account, passwordExpired: false, createdAt: deps.now() }
      await users.insertUser(tx, { ...user, ...(email && { email }) })
      await recordAudit(deps, tx, actor, {
        act: "user.create",
        targetId: id,
        before: null,
        after: { name, email: email ?? null },
      })
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError(email ? "mail.taken" : "name.taken", { name }, error)
    throw error
  }
  return { id }
}
