import { users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { createUser } from "../user/create-user.ts"
import { firstPassword, requireStrong } from "./password.ts"

export const rootName = "root"

/**
 * Gives a fresh install its administrator: with `rootPassword`, or with the well-known first
 * password, which is then good for nothing but being changed. Leaves a database with users alone.
 *
 * @returns whether the account was made now
 * @throws AppError `auth.password-weak` for a `rootPassword` everybody could guess
 */
export async function ensureRoot(deps: Deps, rootPassword: string | undefined): Promise<boolean> {
  if (await users.hasUsers(deps.db)) return false
  if (rootPassword !== undefined) requireStrong(rootPassword, rootName)
  const made = await createUser(deps, {
    name: rootName,
    password: rootPassword ?? firstPassword,
    role: "admin",
    passwordExpired: rootPassword === undefined,
  })
  return made !== undefined
}
