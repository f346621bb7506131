/** Providers whose secret is more than one plain key, and the sentence that explains it. */
const kinds = {
  azure: "azure",
  bedrock: "bedrock",
  bing: "bing",
  cloudflare: "cloudflare",
  coze: "coze",
  dify: "dify",
  hunyuan: "hunyuan",
  llamacpp: "none",
  lmstudio: "none",
  localai: "none",
  midjourney: "midjourney",
  ollama: "none",
  qianfan: "qianfan",
  sglang: "none",
  skylark: "volcengine",
  slack: "slack",
  spark: "spark",
  vertex: "vertex",
  vllm: "none",
  volcengine: "volcengine",
  zhipu: "zhipu",
} as const

type SecretKind = (typeof kinds)[keyof typeof kinds] | "plain"

/** Which sentence explains what a secret of this provider looks like. */
export const secretKind = (provider: string): SecretKind =>
  provider in kinds ? kinds[provider as keyof typeof kinds] : "plain"
