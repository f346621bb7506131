import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { exportAccount } from "../../core/user/export-account.ts"
import { actorFromCookie } from "../auth.ts"
import { zipStream } from "./zip-stream.ts"

/**
 * `GET /account/export`: everything of whoever the cookie says it is, as one ZIP. It changes nothing,
 * and no other site can read it; pages elsewhere cannot even have it fetched.
 */
export const accountExport = (deps: Deps) =>
  new Elysia({ name: "account-export" }).get("/account/export", async ({ request }) => {
    try {
      if (request.headers.get("sec-fetch-site") === "cross-site")
        throw new AppError("auth.forbidden")
      const actor = await actorFromCookie(deps, request)
      if (!actor) throw new AppError("auth.required")
      const files = await exportAccount(deps, actor)
      return new Response(zipStream(files, deps.now()), { headers })
    } catch (error) {
      const { status, code, params, message, cause } = AppError.from(error)
      if (code === "internal") deps.log.error("an export failed", { cause })
      return Response.json({ code, params, message }, { status, headers: shared })
    }
  })

const shared = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
}
const headers = {
  ...shared,
  "content-type": "application/zip",
  "content-disposition": 'attachment; filename="my-data.zip"',
}
