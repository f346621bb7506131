import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { ownedConversation } from "./owned.ts"

/** Where the path ends that its owner looks at. @throws AppError `conversation.not-found` */
export const getLeaf = async ({ db }: Deps, actor: Actor, id: string): Promise<string | null> =>
  (await ownedConversation(db, actor, id)).leafId
