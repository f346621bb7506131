import { expect, test } from "bun:test"
import { providers } from "@nio/adapters"
import { importChannel } from "./import-channel.ts"

test.each([
  ["sparkdesk", "spark", "wss://spark-api.xf-yun.com", "app|secret|key"],
  ["chatglm", "zhipu", "https://open.bigmodel.cn", "id.secret"],
  ["qwen", "dashscope", "https://dashscope.aliyuncs.com", "sk-x"],
  ["hunyuan", "hunyuan", "https://hunyuan.cloud.tencent.com", "1|id|key"],
  ["zhinao", "zhinao", "https://api.360.cn", "key"],
  ["baichuan", "baichuan", "https://api.baichuan-ai.com", "sk-x"],
  ["skylark", "volcengine", "https://maas-api.ml-platform-cn-beijing.volces.com", "ak|sk"],
  ["moonshot", "moonshot", "https://api.moonshot.cn", "sk-x"],
  ["deepseek", "deepseek", "https://api.deepseek.com", "sk-x"],
  ["palm", "gemini", "https://generativelanguage.googleapis.com", "AIza"],
  ["claude", "anthropic", "https://api.anthropic.com", "sk-ant-x"],
  ["groq", "groq", "https://api.groq.com/openai", "gsk_x"],
  ["coze", "coze", "https://api.coze.cn", "pat_x"],
  ["dify", "dify", "https://api.dify.ai/v1", "app-x"],
  ["bing", "bing", "wss://your.bing.service", "hash"],
  ["slack", "slack", "https://slack.com/api", "bot|xoxp-x"],
])("a channel of type %s speaks to %s, at its own address", (type, provider, endpoint, secret) => {
  const notes: string[] = []
  const entry = { name: "n", type, endpoint, secret, models: ["m"], state: true }
  const imported = importChannel(entry, providers, (note) => notes.push(note))
  expect(notes).toEqual([])
  expect(imported).toMatchObject({
    enabled: true,
    secrets: { keys: [secret] },
    config: { provider, baseUrl: endpoint, models: ["m"] },
  })
})

test("the channel of Slack, which stood in place of the address, becomes part of the secret", () => {
  const entry = {
    name: "n",
    type: "slack",
    endpoint: "my-claude",
    secret: "bot|xoxp-x",
    models: ["m"],
  }
  expect(importChannel(entry, providers, () => undefined)).toMatchObject({
    enabled: true,
    secrets: { keys: ["bot|xoxp-x|my-claude"] },
    config: { provider: "slack", baseUrl: "https://slack.com/api" },
  })
})
