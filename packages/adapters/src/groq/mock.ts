import { openaiMock } from "../openai/mock.ts"

/** @see https://console.groq.com/docs/errors */
export const mock = openaiMock({
  key: "gsk_mock",
  refuses: ["logprobs", "top_logprobs", "logit_bias"],
})
