import type { CallerDialect } from "../dialect.ts"
import { refusal } from "../openai/errors.ts"
import { passOn, rename } from "./pass-on.ts"
import type { ResponsesRequest } from "./read-request.ts"
import { tell, whole } from "./tell.ts"

/** @see https://platform.openai.com/docs/api-reference/responses */
export const responses: CallerDialect<ResponsesRequest> = {
  id: "responses",
  streamType: "text/event-stream; charset=utf-8",
  ping: new TextEncoder().encode(": keep-alive\n\n"),
  refusal,
  tell,
  passOn,
  whole,
  rename,
}
