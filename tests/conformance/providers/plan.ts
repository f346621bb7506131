import type { Dialect, TaskKind } from "@nio/adapters"
import type { Outcome } from "./answer.ts"
import { anthropic, completions, gemini, openai, responses } from "./expected.ts"
import { cohere, converse, ollama } from "./more-protocols.ts"
import { dashscope, hunyuanCloud, wenxin } from "./own-protocols.ts"
import type { Recording } from "./recordings.ts"

/** What a recording says, found by walking its JSON without any of the adapters' code. */
export type Walk = (frames: any[], recording: Recording) => Omit<Outcome, "error">

/** How an operator would set up a channel for the address the recording was made at. */
export type Channel = {
  provider: string
  /** What the channel's address ends in. */
  path?: string
  key?: string
  /** The upstream's name of the model. */
  model?: string
}

/** How a recording is replayed; or why it is not. */
export type Plan =
  | ({
      as: "chat"
      walk: Walk
      /** What the caller speaks: then it gets the upstream's bytes as they are. */
      dialect?: Dialect
    } & Channel)
  | ({ as: "task"; kind: TaskKind } & Channel)
  | ({ as: "models" | "count" } & Channel)
  | { as: "nothing"; reason: string }

type Rule = readonly [RegExp, (recording: Recording) => Plan]

export const planOf = (recording: Recording): Plan => {
  const rule = rules.find(([where]) => where.test(`${recording.folder}${recording.endpoint}`))
  return rule?.[1](recording) ?? { as: "nothing", reason: "nobody has thought of it" }
}

/** For providers whose requests are signed. */
const signingKey = "1300000000|AKIDconformance|secret"
const awsKey = "AKIDconformance|secret|us-east-1"

const nothing = (reason: string) => (): Plan => ({ as: "nothing", reason })

const task =
  (kind: TaskKind, provider?: string) =>
  ({ folder, endpoint }: Recording): Plan => ({
    as: "task",
    kind,
    provider: provider ?? idOf(folder),
    path: endpoint
      .replace(/^\/\//, "/")
      .replace(/\/openai\/deployments\/.*/, "")
      .replace(/\/v(1beta|\d)\/(?!projects).*/, "")
      .replace(/\/publishers\/.*/, ""),
  })

const chat =
  (walk: Walk, dialect: Dialect | undefined, own: Partial<Channel> = {}) =>
  ({ folder, endpoint }: Recording): Plan => ({
    as: "chat",
    walk,
    ...(dialect && { dialect }),
    provider: idOf(folder),
    path: endpoint.replace(/\/(v1\/)?(chat\/completions|responses).*|\/v1beta\/.*/, ""),
    ...own,
  })

/** Folders are named after companies, providers after what they sell. */
const idOf = (folder: string) => ({ alibaba: "dashscope" })[folder] ?? folder

const rules: readonly Rule[] = [
  // Not spoken, or not offered.
  [/^cohere\/v1\/chat/, cohereBefore],
  [/chatcompletion_pro/, nothing("MiniMax's interface from before chatcompletion_v2")],
  [/^ollama\/api\/generate/, nothing("a prompt is completed through /api/chat")],
  [/\/invoke.*/, invokedBy],
  [/^alibaba\/api\/v1\/apps\//, nothing("applications of DashScope are not offered")],
  [/image2image|image-generation\/generation/, nothing("pictures are not edited by DashScope")],
  [/^alibaba.*text-embedding/, nothing("the embedding of a whole file is not offered")],
  [/^alibaba\/api\/v1\/tasks/, nothing("backgrounds are not made by DashScope")],
  [/^gemini\/v1beta\/interactions/, nothing("generateContent is spoken instead of Interactions")],
  [/^gemini.*\/operations\//, nothing("videos are not made")],
  [/file_batches/, nothing("files and vector stores are not offered")],
  [/^openai\/v1\/models\//, nothing("the page of one model is never asked for")],

  // Other work.
  [/^voyage.*embeddings/, task("embeddings")],
  [/embeddings|:batchEmbedContents|\/v2\/embed/, ollamaAsOpenai("embeddings")],
  [/rerank/, task("rerank")],
  [/images\/generations/, task("image-generation")],
  [/:predict$/, (imagen) => ({ ...task("image-generation")(imagen), model: "imagen-mapped" })],
  [/images\/edits/, task("image-edit")],
  [/audio\/transcriptions/, task("transcription")],
  [/moderations/, task("moderation")],
  [/count_tokens|:countTokens/, ({ folder }) => ({ as: "count", provider: folder })],
  [/\/v1\/models$/, ({ folder }) => ({ as: "models", provider: folder })],

  // Chats.
  [/^baidu\/rpc/, chat(wenxin, undefined, { provider: "qianfan", path: "", key: "client|secret" })],
  [/^bedrock.*converse/, chat(converse, undefined, { path: "", key: awsKey })],
  [/^cohere/, chat(cohere, undefined, { path: "" })],
  [/^ollama\/api/, chat(ollama, undefined, { path: "" })],
  [/^ollama/, chat(openai, "openai", { provider: "openai-compatible" })],
  [/^hunyuan\/$/, chat(hunyuanCloud, undefined, { path: "", key: signingKey })],
  [/services\/aigc/, chat(wholeOrDelta, undefined, { path: "/api/v1" })],
  [/^alibaba/, chat(openai, "openai", { path: "/v1" })],
  [/messages/, anthropicAt],
  [/^vertex\/v1beta\/models/, chat(gemini, "gemini", { provider: "gemini" })],
  [/^vertex/, vertexAt],
  [/^gemini/, chat(gemini, "gemini")],
  [/^azure\/v1\/.*responses/, chat(responses, "responses", { path: "/v1" })],
  [/^azure\/models/, chat(openai, "openai", { path: "/models" })],
  [/^azure.*responses/, chat(responses, "responses", { path: "" })],
  [/^azure/, chat(openai, "openai", { path: "" })],
  [/responses$/, chat(responses, "responses")],
  [
    /\/v1\/completions/,
    chat(completions, "completions", { path: "", model: "gpt-3.5-turbo-instruct" }),
  ],
  [/^writer/, chat(openai, "openai", { path: "" })],
  [/chat\/completions|chatcompletion_v2/, chat(openai, "openai")],
]

/** Refusals are the same in both versions. */
function cohereBefore(recording: Recording): Plan {
  if (recording.status !== 200) return chat(cohere, undefined, { path: "" })(recording)
  return { as: "nothing", reason: "Cohere's interface from before v2, which is spoken" }
}

function invokedBy({ endpoint }: Recording): Plan {
  if (!endpoint.includes("anthropic.claude") && !endpoint.includes("opus-4"))
    return { as: "nothing", reason: "every model but Claude is asked by Converse" }
  return {
    as: "chat",
    walk: anthropic,
    provider: "bedrock",
    key: awsKey,
    model: "anthropic.claude-mapped",
  }
}

/** The one recording of Ollama's is of its other face. */
function ollamaAsOpenai(kind: TaskKind) {
  return (recording: Recording): Plan =>
    task(kind, recording.folder === "ollama" ? "openai-compatible" : undefined)(recording)
}

/** DashScope repeats all that was said, unless it is asked not to. */
function wholeOrDelta(frames: any[], { stream, request }: Recording) {
  return dashscope(frames, stream && !request)
}

function anthropicAt({ endpoint }: Recording): Plan {
  const path = endpoint.replace(/\/v1\/messages.*/, "")
  return { as: "chat", walk: anthropic, dialect: "anthropic", provider: "anthropic", path }
}

function vertexAt({ endpoint }: Recording): Plan {
  const path = endpoint.replace(/\/publishers\/.*/, "")
  return { as: "chat", walk: gemini, dialect: "gemini", provider: "vertex", path }
}
