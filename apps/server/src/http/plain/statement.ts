import { Elysia } from "elysia"
import type { z } from "zod"
import { siteStatementFilter, statementFilter } from "../../contract/index.ts"
import type { Actor } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { exportSiteStatement, exportStatement } from "../../core/statement/export-statement.ts"
import { actorFromCookie } from "../auth.ts"
import { inWords } from "../in-words.ts"

/** Statements as files, for a link in the browser: written while they are read, however long. */
export const statementFiles = (deps: Deps) => {
  const answer = async (request: Request, read: (actor: Actor, filter: unknown) => Lines) => {
    try {
      const actor = await actorFromCookie(deps, request)
      if (!actor) throw new AppError("auth.required")
      return new Response(streamOf(read(actor, filterOf(request))), { headers })
    } catch (error) {
      const { status, code, params, cause } = AppError.from(error)
      if (code === "internal") deps.log.error("a statement failed", { cause })
      return Response.json({ code, params }, { status })
    }
  }
  return new Elysia({ name: "statement-files" })
    .get("/files/statement.csv", ({ request }) =>
      answer(request, (actor, filter) =>
        exportStatement(deps, actor, parsed(statementFilter, filter)),
      ),
    )
    .get("/files/site-statement.csv", ({ request }) =>
      answer(request, (actor, filter) =>
        exportSiteStatement(deps, actor, parsed(siteStatementFilter, filter)),
      ),
    )
}

type Lines = AsyncGenerator<string>

const headers = {
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": 'attachment; filename="statement.csv"',
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
}

/** `from` and `until` are numbers; all else is text. */
function filterOf(request: Request): unknown {
  const { from, until, ...rest } = Object.fromEntries(new URL(request.url).searchParams)
  return { ...rest, from: Number(from), until: Number(until) }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError("input.invalid", { detail: inWords(result.error) })
}

/** Reads on as fast as the other side takes it, and stops when it leaves. */
const streamOf = (lines: Lines) =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(new TextEncoder().encode(value))
    },
    cancel: () => void lines.return(undefined),
  })
