import { afterAll, beforeAll, expect, test } from "bun:test"
import type { Actor } from "@nio/server/core/actor"
import type { Deps } from "@nio/server/core/deps"
import { deleteResponse } from "@nio/server/core/responses/delete-response"
import { findResponse } from "@nio/server/core/responses/find-response"
import { pruneResponses } from "@nio/server/core/responses/prune-responses"
import { recall } from "@nio/server/core/responses/recall"
import { storeResponse } from "@nio/server/core/responses/store-response"
import { eachDatabase } from "../support/databases.ts"
import { type TestDeps, testDeps } from "../support/deps.ts"
import { refusal } from "../support/refusal.ts"

const dayMs = 24 * 60 * 60_000
const actor: Actor = {
  userId: "user",
  keyId: "key",
  name: "user",
  isAdmin: false,
  group: "normal",
  passwordExpired: false,
}

eachDatabase("kept responses", (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = await testDeps((await open()).db)
  })
  afterAll(() => deps.close())

  const later = (ms: number): Deps => ({ ...deps, now: () => deps.now() + ms })
  const keep = (id: string, response: object = {}) =>
    storeResponse(deps, actor, { input: [{ type: "message" }], response: { id, ...response } })
  const rows = async () => {
    const [row] = await deps.db.rows<{ n: number }>(
      "select count(*) as n from stored_responses",
      [],
    )
    return Number(row?.n)
  }

  test("are there for their key for thirty days, and then forgotten", async () => {
    expect(await keep("resp_a")).toBe(true)
    expect((await findResponse(later(29 * dayMs), actor, "resp_a")).id).toBe("resp_a")
    const gone = { code: "response.not-found" }
    expect(await refusal(findResponse(later(31 * dayMs), actor, "resp_a"))).toMatchObject(gone)
    const other = { ...actor, keyId: "other" }
    expect(await refusal(findResponse(deps, other, "resp_a"))).toMatchObject(gone)

    await pruneResponses(deps)
    expect(await rows()).toBe(1)
    await pruneResponses(later(31 * dayMs))
    expect(await rows()).toBe(0)
  })

  test("that are too large, or have no key, are answered and not kept", async () => {
    expect(await keep("resp_large", { text: "x".repeat(17 * 1024 * 1024) })).toBe(false)
    expect(await keep(`resp_${"x".repeat(70)}`)).toBe(false)
    const { keyId: _, ...keyless } = actor
    expect(await storeResponse(deps, keyless, { input: [], response: { id: "resp_b" } })).toBe(
      false,
    )
    expect(await rows()).toBe(0)
  })

  test("are only so many of a key: the newest stay", async () => {
    const other = { ...actor, keyId: "other" }
    for (const [at, id] of ["resp_1", "resp_2", "resp_3"].entries())
      await storeResponse(later(at * 1_000), actor, { input: [], response: { id } })
    await storeResponse(deps, other, { input: [], response: { id: "resp_other" } })
    await pruneResponses(deps, 2)
    const gone = { code: "response.not-found" }
    expect(await refusal(findResponse(deps, actor, "resp_1"))).toMatchObject(gone)
    for (const id of ["resp_2", "resp_3"]) expect((await findResponse(deps, actor, id)).id).toBe(id)
    expect((await findResponse(deps, other, "resp_other")).id).toBe("resp_other")
    await pruneResponses(later(31 * dayMs))
  })

  test("lead to each other: a conversation is recalled in its order, and not without a turn", async () => {
    const turn = (id: string, previous_response_id: string | null) =>
      storeResponse(deps, actor, {
        input: [{ type: "message", role: "user", content: `asked ${id}` }],
        response: { id, previous_response_id },
      })
    await turn("resp_one", null)
    await turn("resp_two", "resp_one")
    await turn("resp_three", "resp_two")
    const recalled = () => recall(deps, actor, { previousId: "resp_three", input: [] })
    const words = (await recalled())?.input.map(({ content }) => content)
    expect(words).toEqual(["asked resp_one", "asked resp_two", "asked resp_three"])

    const other = { ...actor, keyId: "other" }
    const foreign = recall(deps, other, { previousId: "resp_three", input: [] })
    expect(await refusal(foreign)).toMatchObject({ code: "input.invalid" })

    await deleteResponse(deps, actor, "resp_one")
    expect(await refusal(recalled())).toMatchObject({
      code: "input.invalid",
      params: { code: "previous_response_not_found", detail: expect.stringContaining("resp_one") },
    })
    await pruneResponses(later(31 * dayMs))
  })

  test("that nobody writes on any more have failed", async () => {
    await keep("resp_c", { status: "in_progress" })
    const { body } = await findResponse(deps, actor, "resp_c")
    expect(body.status).toBe("in_progress")
    const late = later(deps.answerMsMax + 2 * 60_000)
    expect((await findResponse(late, actor, "resp_c")).body).toMatchObject({
      status: "failed",
      error: { code: "server_error" },
    })
  })
})
