import { AppError } from "../../../core/error.ts"
import { typeOf } from "./read-items.ts"

type Item = Readonly<Record<string, unknown>>

const pageDefault = 20
const pageMax = 100

/**
 * A page of what was asked. Items the caller gave no id are named by where they stand.
 *
 * @throws AppError `input.invalid`
 * @see https://platform.openai.com/docs/api-reference/responses/input-items
 */
export function listInput(responseId: string, input: readonly Item[], query: URLSearchParams) {
  const named = input.map((item, at) => ({
    ...item,
    type: typeOf(item),
    id: item.id ?? `in_${responseId.replace(/^resp_/, "")}_${at}`,
    ...(typeof item.content === "string" && {
      content: [{ type: "input_text", text: item.content }],
    }),
  }))
  if (query.get("order") !== "asc") named.reverse()

  const limit = Number(query.get("limit") ?? pageDefault)
  if (!Number.isInteger(limit) || limit < 1 || limit > pageMax)
    throw new AppError("input.invalid", { detail: `limit: from 1 to ${pageMax}`, param: "limit" })
  const after = query.get("after")
  const from = after ? named.findIndex(({ id }) => id === after) + 1 : 0
  const data = named.slice(from, from + limit)
  return {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + limit < named.length,
  }
}
