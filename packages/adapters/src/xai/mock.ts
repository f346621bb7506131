import { jsonRefusal, openaiMock, openaiWords } from "../openai/mock.ts"

/** A bad key is an invalid argument here. @see https://docs.x.ai/docs/key-information/debugging */
export const mock = openaiMock({
  key: "xai-mock",
  refuse({ kind, message }) {
    const { status } = openaiWords[kind]
    const badKey = kind === "unauthorized"
    return jsonRefusal(kind, badKey ? 400 : status, {
      code:
        badKey || kind === "invalid"
          ? "Client specified an invalid argument"
          : "The request failed",
      error: message,
    })
  },
})
