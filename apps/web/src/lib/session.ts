import type { SessionView } from "@nio/server/contract"
import { failureOf } from "./error.ts"
import { whenSignedOut } from "./signed-out.ts"
import { stored } from "./stored.ts"
import { api } from "./trpc.ts"

const key = "session"
const freshMs = 60_000

whenSignedOut.add(() => stored.set(key, null))

/**
 * Who is signed in. Without a network, who was last time: the page then opens, and each part of it
 * says for itself that it cannot be reached. The server judges every request anyway.
 *
 * @throws when the server cannot be reached and nobody is remembered
 */
export async function currentSession(): Promise<SessionView> {
  try {
    const session = await api.session.current.ensureData(undefined, { staleTime: freshMs })
    stored.set(key, session.user ? JSON.stringify(session) : null)
    return session
  } catch (error) {
    const kept = stored.get(key)
    if (failureOf(error).code !== "network" || !kept) throw error
    return JSON.parse(kept) as SessionView
  }
}
