import { createUser } from "@nio/server/core/user/create-user"
import { type Browser, signIn, testPassword } from "./browser.ts"
import type { TestServer } from "./relay.ts"

/** An administrator at a browser. */
export async function signInAdmin(server: TestServer, name: string): Promise<Browser> {
  await createUser(server.deps, {
    name,
    password: testPassword,
    role: "admin",
    passwordExpired: false,
  })
  return signIn(server.url, name)
}
