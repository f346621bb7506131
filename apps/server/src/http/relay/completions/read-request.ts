import type { ChatRequest } from "@nio/adapters"
import { z } from "zod"
import { modelName } from "../../../contract/index.ts"
import { AppError } from "../../../core/error.ts"
import { check, present } from "../check.ts"
import type { OpenAiRequest } from "../openai/read-request.ts"
import { parseObject } from "../read-body.ts"
import { withMembers } from "../retouch.ts"
import { generateEach } from "./several.ts"

/** Each is a request of its own. */
const promptsMax = 20
const choicesMax = 128
const tokensMax = 10_000_000

const number = z.number().nullish()
const tokenIds = z.array(z.int())

/** @see https://platform.openai.com/docs/api-reference/completions/create */
const requestSchema = z.object({
  model: modelName,
  prompt: z.union([
    z.string(),
    tokenIds.min(1),
    z.array(z.string()).min(1).max(promptsMax),
    z.array(tokenIds).min(1).max(promptsMax),
  ]),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
  best_of: z.int().min(1).max(choicesMax).nullish(),
  max_tokens: z.int().min(0).max(tokensMax).nullish(),
  temperature: number,
  top_p: number,
  n: z.int().min(1).max(choicesMax).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  presence_penalty: number,
  frequency_penalty: number,
  seed: z.int().nullish(),
  logprobs: z.int().min(0).max(20).nullish(),
  user: z.string().nullish(),
})
type Fields = z.infer<typeof requestSchema>
type Prompt = string | number[]

export type CompletionRequest = OpenAiRequest & {
  /** What stands before each choice of the answer: the prompts, where they are to be repeated. */
  echo: string[]
}

/** @throws AppError `input.invalid` */
export function readCompletionRequest(text: string): CompletionRequest {
  const body = parseObject(text)
  const fields = check(requestSchema, body)
  const prompts = promptsOf(fields.prompt)
  const several = prompts.length > 1
  const parts = prompts.map((prompt) => {
    if (!several) return requestOf(fields, prompt, { text, body })
    // Repeated by us, whoever answers.
    const own = withMembers(text, { prompt: JSON.stringify(prompt), echo: undefined })
    return requestOf(fields, prompt, { text: own, body: { ...body, prompt, echo: undefined } })
  })
  return {
    request: parts[0]!,
    ...(several && { begin: (deps, ask) => generateEach(deps, ask, parts) }),
    legacyFunctions: false,
    includeUsage: fields.stream_options?.include_usage ?? false,
    echo: fields.echo ? prompts.map((prompt) => (typeof prompt === "string" ? prompt : "")) : [],
  }
}

/** A list of numbers is one prompt, a list of anything else several. */
function promptsOf(prompt: Fields["prompt"]): Prompt[] {
  if (typeof prompt === "string") return [prompt]
  return typeof prompt[0] === "number" ? [prompt as number[]] : (prompt as Prompt[])
}

type Body = { text: string; body: Readonly<Record<string, unknown>> }

/** What no chat can be asked is refused when one is. */
function requestOf(fields: Fields, prompt: Prompt, native: Body): ChatRequest {
  const { stop } = fields
  return {
    ...present({
      model: fields.model,
      stream: fields.stream ?? false,
      maxTokens: fields.max_tokens,
      temperature: fields.temperature,
      topP: fields.top_p,
      stop: typeof stop === "string" ? [stop] : stop,
      presencePenalty: fields.presence_penalty,
      frequencyPenalty: fields.frequency_penalty,
      seed: fields.seed,
      choices: fields.n,
      logprobs: fields.logprobs == null ? undefined : true,
      topLogprobs: fields.logprobs,
      user: fields.user,
    }),
    native: { dialect: "completions", ...native },
    get messages() {
      if (fields.suffix) throw unfit("suffix")
      if ((fields.best_of ?? 1) > (fields.n ?? 1)) throw unfit("best_of")
      if (typeof prompt !== "string") throw unfit("prompt")
      return [{ role: "user" as const, content: [{ type: "text" as const, text: prompt }] }]
    },
  }
}

const unfit = (param: string) =>
  new AppError("input.invalid", {
    detail: `${param}: a model that chats cannot be asked this`,
    param,
    code: "unsupported_parameter",
  })
