import { afterAll, beforeAll, describe, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { checkChat } from "./providers/check-chat.ts"
import { checkList, checkTask } from "./providers/check-task.ts"
import { type Plan, planOf } from "./providers/plan.ts"
import { type Recording, readRecordings } from "./providers/recordings.ts"
import { type Result, summaryOf, tableOf } from "./providers/table.ts"

/** Cases that cannot pass, with the reason. They run too: one that passes again fails here. */
const cannotPass: Record<string, string> = {
  "alibaba/dashscope-aigc-stream-text":
    "recorded without incremental_output, which is always asked for here",
  "alibaba/dashscope-aigc-stream-text-5": "only the first frame of an answer was recorded",
}

const cuts = [1, 3, 1_000, undefined]

const recordings = await readRecordings()
if (!recordings)
  test.skip("provider recordings are absent (FIXTURES_DIR): nothing is replayed", () => undefined)
else describe("every recording, replayed over a socket", () => replay(recordings))

function replay(recordings: Recording[]) {
  let upstream: SimulatedUpstream
  const results: Result[] = []

  beforeAll(async () => {
    upstream = await simulate({})
  })
  afterAll(async () => {
    await upstream.close()
    console.log(summaryOf(results))
    const { CONFORMANCE_TABLE: file } = process.env
    if (file) await Bun.write(file, tableOf(results))
  })

  for (const recording of recordings) {
    const plan = planOf(recording)
    const { name } = recording
    const reason = plan.as === "nothing" ? plan.reason : cannotPass[name]
    const result: Result = { name, replayedAs: replayedAs(plan), outcome: "not run", reason }
    results.push(result)
    if (plan.as === "nothing") result.outcome = "out of scope"
    else if (reason) {
      result.outcome = "cannot pass"
      test.failing(`${name} (cannot pass: ${reason})`, () => check(recording, plan, upstream))
    } else
      test(name, async () => {
        result.outcome = "fails"
        await check(recording, plan, upstream)
        result.outcome = "passes"
      })
  }
}

const replayedAs = (plan: Plan) =>
  plan.as === "nothing" ? "" : `${plan.provider}: ${plan.as === "task" ? plan.kind : plan.as}`

async function check(
  recording: Recording,
  plan: Exclude<Plan, { as: "nothing" }>,
  upstream: SimulatedUpstream,
) {
  if (plan.as === "chat")
    for (const cutBytes of cuts) await checkChat(recording, plan, upstream, cutBytes)
  else if (plan.as === "task") await checkTask(recording, plan, upstream)
  else await checkList(recording, plan, upstream)
}
