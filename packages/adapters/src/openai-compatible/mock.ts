import { openaiMock } from "../openai/mock.ts"

export const mock = openaiMock()
/** Its addresses name no version. */
export const writerMock = openaiMock({ path: "/v1/chat" })
export const strictMock = openaiMock({
  refuses: ["presence_penalty", "frequency_penalty", "logit_bias"],
})
/** A server without a key takes any. */
export const openMock = openaiMock({
  key: "null",
  keyIn: (headers) => headers.get("authorization")?.replace("Bearer ", "") ?? "null",
})
