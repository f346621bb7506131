import type { TaskKind } from "@nio/adapters"
import { Elysia } from "elysia"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { keptPicture } from "../../../core/picture/kept-pictures.ts"
import { pictureMime } from "../../../core/picture/picture-mime.ts"
import { asBody } from "../answer-body.ts"
import { answered } from "../call.ts"
import { openHeaders } from "../cors.ts"
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
  return app.get("/pictures/:name", ({ request, server, params }) =>
    answered(deps, openaiChat, { request, server }, () => picture(deps, params.name)),
  )
}

/** For whoever was told its address, without a key: it is shown in pages. */
async function picture(deps: Deps, name: string): Promise<Response> {
  const bytes = await keptPicture(deps, name)
  if (!bytes) throw new AppError("route.not-found", { path: `/v1/pictures/${name}` })
  const mime = pictureMime(bytes) ?? "application/octet-stream"
  return new Response(asBody(bytes), { headers: { ...pictureHeaders, "content-type": mime } })
}

/** It is a picture, whatever it looks like. */
const pictureHeaders = {
  ...openHeaders,
  "cache-control": "private, max-age=3600, immutable",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
}
