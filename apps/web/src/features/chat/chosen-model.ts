import type { ModelView } from "@nio/server/contract"
import { createStore } from "../../lib/store.ts"
import { stored } from "../../lib/stored.ts"

/** The model last chosen by hand; a conversation goes on with its own until another is chosen. */
const lastChosen = createStore(stored.get("model"))
const byConversation = createStore<Readonly<Record<string, string>>>({})

export function chooseModel(conversationId: string | null, model: string) {
  stored.set("model", model)
  lastChosen.set(model)
  if (conversationId) byConversation.set({ ...byConversation.get(), [conversationId]: model })
}

/**
 * The model that will answer: the one chosen here, else the one that answered last, else the one
 * chosen last anywhere, else the first. May name one that is no longer offered, so that its
 * disappearance is said and not papered over.
 */
export function useChosenModel(
  conversationId: string | null,
  conversationModel: string | undefined,
  models: readonly ModelView[],
): string | null {
  const last = lastChosen.use()
  const here = byConversation.use()[conversationId ?? ""]
  const offered = (model: string | null | undefined) => models.some(({ id }) => id === model)
  return here ?? conversationModel ?? (offered(last) ? last : (models[0]?.id ?? null))
}
