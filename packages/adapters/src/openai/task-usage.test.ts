import { expect, test } from "bun:test"
import { createTaskGlance, usageOfTask } from "./task-usage.ts"

const heard = (document: object) =>
  usageOfTask({ text: "Hello.", ...document }, { kind: "transcription" })

test.each([
  [{ usage: { type: "duration", seconds: 3 } }, { input: 0, output: 0, mediaMs: 3_000 }],
  [{ duration: 8.47 }, { input: 0, output: 0, mediaMs: 8_470 }],
  [{ duration: "2.5" }, { input: 0, output: 0, mediaMs: 2_500 }],
  [
    { usage: { prompt_audio_seconds: 4, prompt_tokens: 5, total_tokens: 9, completion_tokens: 4 } },
    { input: 5, output: 4, mediaMs: 4_000 },
  ],
])("%j tells how long was heard", (document, usage) => {
  expect(heard(document)).toEqual(usage)
})

test.each([{}, { duration: -1 }, { duration: "long" }, { usage: { seconds: null } }])(
  "%j tells nothing",
  (document) => {
    expect(heard(document)).toBeUndefined()
  },
)

test("a stream tells it at its end", () => {
  const glance = createTaskGlance()
  const done = { type: "transcript.text.done", usage: { type: "duration", seconds: 2 } }
  expect(glance({ type: "transcript.text.delta" }, "")).toEqual({})
  expect(glance(done, "")).toMatchObject({ usage: { mediaMs: 2_000 } })
})
