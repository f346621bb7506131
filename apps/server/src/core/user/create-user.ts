import { isDuplicate, type UserRole, users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { hashPassword } from "../identity/password.ts"

type NewUser = { name: string; password: string; role: UserRole; passwordExpired: boolean }

/** Makes an account. @returns its id, or undefined when somebody has the name. */
export async function createUser(deps: Deps, user: NewUser): Promise<string | undefined> {
  const { name, password, role, passwordExpired } = user
  const id = deps.newId()
  try {
    await users.insertUser(deps.db, {
      id,
      name,
      passwordHash: await hashPassword(password),
      role,
      state: "active",
      passwordExpired,
      createdAt: deps.now(),
    })
    return id
  } catch (error) {
    if (isDuplicate(error)) return undefined
    throw error
  }
}
