import type { ChatMessage } from "@nio/adapters"
import type { VisitorQuestion } from "../../contract/index.ts"
import { anonymousActor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { generate } from "../generation/generate.ts"
import type { Generation } from "../generation/generation.ts"

/**
 * Answers somebody without an account. Nothing of it is kept here but the usage line.
 * @throws AppError `model.unknown`, `model.members-only`, `rate.limited` and what else `generate` throws
 */
export function askAsVisitor(
  deps: Deps,
  { address, signal }: { address: string; signal: AbortSignal },
  { model, messages }: VisitorQuestion,
): Promise<Generation> {
  const shown = messages.filter(({ text }) => text.trim() !== "").map(toChatMessage)
  if (shown.at(-1)?.role !== "user")
    throw new AppError("input.invalid", { detail: "nothing is asked" })
  return generate(deps, {
    id: deps.newId(),
    actor: anonymousActor(address),
    request: { model, messages: shown, stream: true },
    source: "chat",
    signal,
  })
}

const toChatMessage = ({ role, text }: VisitorQuestion["messages"][number]): ChatMessage => ({
  role,
  content: [{ type: "text", text }],
})
