import { z } from "zod"
import type { SessionEntry } from "./account.ts"
import { pageInput } from "./conversation.ts"
import { entityId } from "./id.ts"
import { passwordText } from "./identity.ts"
import { mailAddress } from "./mail.ts"
import type { Micropoints } from "./micropoints.ts"
import { pointsAmount } from "./points.ts"

const reason = z.string().trim().min(1).max(200)

const userOrders = ["created", "balance", "plan"] as const
export const listUsers = pageInput.extend({
  order: z.enum(userOrders).default("created"),
  show: z.enum(["all", "admin", "banned", "subscribed"]).default("all"),
})
export type ListUsers = z.infer<typeof listUsers>

/** `requestId` is made by the form when it opens, so that a double click counts once. */
export const addPoints = z.object({
  userId: entityId,
  points: pointsAmount,
  reason,
  requestId: z.string().min(1).max(64),
})
export type AddPoints = z.infer<typeof addPoints>

/** What is to be available afterwards. */
export const setPoints = addPoints.extend({ points: z.union([z.literal(0), pointsAmount]) })
export type SetPoints = z.infer<typeof setPoints>

export const createUser = z.object({
  name: z.string().max(255),
  password: passwordText,
  email: mailAddress.optional(),
})
export type CreateUser = z.infer<typeof createUser>

export const banUser = z.object({ userId: entityId, banned: z.boolean(), reason })
export type BanUser = z.infer<typeof banUser>

export const setRole = z.object({ userId: entityId, role: z.enum(["user", "admin"]), reason })
export type SetRole = z.infer<typeof setRole>

export const setUserPassword = z.object({ userId: entityId, password: passwordText, reason })
export type SetUserPassword = z.infer<typeof setUserPassword>

/** Null takes the address away. */
export const setUserEmail = z.object({ userId: entityId, email: mailAddress.nullable(), reason })
export type SetUserEmail = z.infer<typeof setUserEmail>

export type UserView = {
  id: string
  name: string
  email: string | null
  role: "user" | "admin"
  state: "active" | "banned" | "deleted"
  available: Micropoints
  held: Micropoints
  createdAt: number
  /** Null for those who have none, or whose is over. `level` counts from 1. */
  plan: { level: number; expiresAt: number } | null
}

/** Everything an administrator may know about somebody. `spent` is what answers have cost. */
export type UserDetail = UserView & {
  emailVerified: boolean
  spent: Micropoints
  factors: { authenticator: boolean; passkeys: number }
  keys: { id: string; name: string; hint: string; createdAt: number; lastUsedAt: number | null }[]
  sessions: Omit<SessionEntry, "current">[]
  /** What administrators did to them, the latest first. */
  acts: { id: string; at: number; act: string; actor: string; before: string; after: string }[]
}
