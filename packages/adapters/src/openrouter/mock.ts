import { jsonRefusal, openaiMock, openaiWords } from "../openai/mock.ts"

/** Its codes are numbers, equal to the status. @see https://openrouter.ai/docs/api-reference/errors */
export const mock = openaiMock({
  key: "sk-or-mock",
  refuse({ kind, message }) {
    const status =
      kind === "quota" ? 402 : kind === "content-filter" ? 403 : openaiWords[kind].status
    return jsonRefusal(kind, status, {
      error: {
        code: status,
        message,
        metadata: kind === "content-filter" ? { reasons: ["flagged"] } : {},
      },
    })
  },
})
