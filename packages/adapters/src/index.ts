import { anthropic } from "./anthropic/index.ts"
import { anyAnthropicCompatible } from "./anthropic-compatible/index.ts"
import { azure } from "./azure/index.ts"
import { baichuan } from "./baichuan/index.ts"
import { bedrock } from "./bedrock/index.ts"
import { bing } from "./bing/index.ts"
import { cloudflare } from "./cloudflare/index.ts"
import { cohere } from "./cohere/index.ts"
import { coze } from "./coze/index.ts"
import { dashscope } from "./dashscope/index.ts"
import { deepseek } from "./deepseek/index.ts"
import { dify } from "./dify/index.ts"
import { gemini } from "./gemini/index.ts"
import { groq } from "./groq/index.ts"
import { hunyuan } from "./hunyuan/index.ts"
import { jina } from "./jina/index.ts"
import { midjourney } from "./midjourney/index.ts"
import { minimax } from "./minimax/index.ts"
import { mistral } from "./mistral/index.ts"
import { moonshot } from "./moonshot/index.ts"
import { ollama } from "./ollama/index.ts"
import { openai } from "./openai/index.ts"
import { hosted } from "./openai-compatible/hosted.ts"
import { anyCompatible } from "./openai-compatible/index.ts"
import { selfHosted } from "./openai-compatible/self-hosted.ts"
import { openrouter } from "./openrouter/index.ts"
import { qianfan } from "./qianfan/index.ts"
import { siliconflow } from "./siliconflow/index.ts"
import { slack } from "./slack/index.ts"
import { spark } from "./spark/index.ts"
import type { Provider } from "./spec/index.ts"
import { vertex } from "./vertex/index.ts"
import { volcengine } from "./volcengine/index.ts"
import { voyage } from "./voyage/index.ts"
import { xai } from "./xai/index.ts"
import { zhinao } from "./zhinao/index.ts"
import { zhipu } from "./zhipu/index.ts"

export * from "./spec/index.ts"

const all = [
  openai,
  anthropic,
  gemini,
  azure,
  deepseek,
  moonshot,
  groq,
  mistral,
  openrouter,
  xai,
  zhipu,
  dashscope,
  volcengine,
  hunyuan,
  minimax,
  midjourney,
  baichuan,
  spark,
  zhinao,
  qianfan,
  siliconflow,
  cohere,
  bedrock,
  vertex,
  cloudflare,
  dify,
  coze,
  ...hosted,
  ollama,
  ...selfHosted,
  voyage,
  jina,
  anyCompatible,
  anyAnthropicCompatible,
  bing,
  slack,
]

/** Every provider, by its id. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  all.map((provider) => [provider.id, provider]),
)
export { pictureChat } from "./pictures/chat-by-picture.ts"
export { pictureByChat } from "./pictures/picture-by-chat.ts"
export { signedBy } from "./wire/maker.ts"
export { splice, spliceMember } from "./wire/splice.ts"

export { withSystem } from "./wire/with-system.ts"
