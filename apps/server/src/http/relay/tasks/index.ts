import type { TaskKind } from "@nio/adapters"
import { Elysia } from "elysia"
import type { Deps } from "../../../core/deps.ts"
import { answered } from "../call.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { openaiChat } from "../openai/index.ts"
import { task } from "./task.ts"

/** Where programs ask for work other than chat. */
const routes: Record<string, TaskKind> = {
  "/embeddings": "embeddings",
  "/images/generations": "image-generation",
  "/images/edits": "image-edit",
  "/images/variations": "image-variation",
  "/audio/speech": "speech",
  "/audio/transcriptions": "transcription",
  "/audio/translations": "translation",
  "/moderations": "moderation",
  "/rerank": "rerank",
  // As Alibaba's compatible mode calls it.
  "/reranks": "rerank",
}

export function taskRoutes(deps: Deps, keepAlive: KeepAlive) {
  const app = new Elysia()
  for (const [path, kind] of Object.entries(routes))
    app.post(
      path,
      ({ request, server }) =>
        answered(deps, openaiChat, { request, server }, (call) =>
          task(deps, keepAlive, call, kind),
        ),
      { parse: "none" },
    )
  return app
}
