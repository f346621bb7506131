import { notices } from "@nio/db"
import type { Deps } from "../deps.ts"

/** What the operator tells everybody; null when there is nothing. */
export const latestNotice = ({ db }: Deps): Promise<{ text: string; createdAt: number } | null> =>
  notices.latest(db)
