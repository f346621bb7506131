import {
  scriptedAnthropic,
  scriptedGemini,
  scriptedOpenAi,
  scriptedResponses,
} from "@nio/adapters/testing"

/** One upstream of each dialect: clients must not notice which one answers. */
export const dialects = {
  openai: { scripted: scriptedOpenAi, provider: "openai" },
  anthropic: { scripted: scriptedAnthropic, provider: "anthropic" },
  gemini: { scripted: scriptedGemini, provider: "gemini" },
}

/** What the scripted upstreams say and call, unless a test wants something else. */
export const words = ["Grüße", ", ", "世界", " 👋"]
export const call = { id: "call_1", name: "weather", arguments: '{"city":"Rome"}' }

/** The same for callers of the Responses API, one of whose upstreams speaks it too. */
export const responsesUpstreams = {
  responses: { scripted: scriptedResponses, provider: "openai" },
  openai: { scripted: scriptedOpenAi, provider: "openai-compatible" },
  anthropic: { scripted: scriptedAnthropic, provider: "anthropic" },
  gemini: { scripted: scriptedGemini, provider: "gemini" },
}
