import { z } from "zod"

/** The id of a session: a hash of its token. */
export const sessionId = z.string().regex(/^[0-9a-f]{64}$/)

/** A place where somebody is signed in. `kind` is `token` for programs that sign in by password. */
export type SessionEntry = {
  id: string
  userAgent: string
  address: string
  createdAt: number
  /** Lags behind by some minutes. */
  lastSeenAt: number
  kind: "cookie" | "token"
  /** Whether it is the one that asks. */
  current: boolean
}
