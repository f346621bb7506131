import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { type ScriptedModel, scripts } from "./scripts.ts"

/** About a token. */
const frameChars = 4
const pieces = (text: string) => text.match(new RegExp(`[^]{1,${frameChars}}`, "g")) ?? []

/** An upstream in OpenAI's words that answers each model by its script. */
export const startUpstream = (): Promise<SimulatedUpstream> =>
  simulate((seen) => {
    const { text, delayMs, reasoning } = scripts[seen.body.model as ScriptedModel]
    if (!text) return { status: 500, body: '{"error":{"message":"the model is broken"}}' }
    return scriptedOpenAi({
      chunks: pieces(text),
      delayMs,
      usage: { input: 412, output: 318 },
      ...(reasoning && { reasoning: pieces(reasoning) }),
    })(seen)
  })
