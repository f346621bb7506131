import { Elysia } from "elysia"
import { getImage } from "../../core/chat/get-image.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { actorFromCookie } from "../auth.ts"

/** `GET /chat/images/<message>/<number>`: a picture of a message, for its owner's `<img>`. */
export const chatImages = (deps: Deps) =>
  new Elysia({ name: "chat-images" }).get(
    "/chat/images/:message/:index",
    async ({ request, params }) => {
      try {
        const actor = await actorFromCookie(deps, request)
        if (!actor) throw new AppError("auth.required")
        const { mime, bytes } = await getImage(deps, actor, params.message, Number(params.index))
        return new Response(bytes, { headers: { ...headers, "content-type": mime } })
      } catch (error) {
        const { status, code, params: details, cause } = AppError.from(error)
        if (code === "internal") deps.log.error("a picture failed", { cause })
        return Response.json({ code, params: details }, { status })
      }
    },
  )

/** A message is never changed; nobody else may keep it; and it is a picture, whatever it looks like. */
const headers = {
  "cache-control": "private, max-age=31536000, immutable",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
}
