import { expect, test } from "bun:test"
import { signBaichuan } from "./baichuan.ts"
import { signSparkUrl, sparkSignature } from "./spark-url.ts"
import { signHunyuan, signTencent } from "./tencent.ts"
import { signVolcengine } from "./volcengine.ts"
import { zhipuToken } from "./zhipu-token.ts"

test("a WebSocket's address is signed for Spark", () => {
  const key = { apiKey: "testkey0123456789abcdef", apiSecret: "testsecret0123456789abcdef" }
  const now = Date.parse("Fri, 05 May 2023 10:43:39 GMT")
  expect(signSparkUrl("wss://spark-api.xf-yun.com/v3.5/chat", key, now)).toBe(
    "wss://spark-api.xf-yun.com/v3.5/chat?authorization=aG1hYyB1c2VybmFtZT0idGVzdGtleTAxMjM0NTY3ODlhYmNkZWYiLCBhbGdvcml0aG09ImhtYWMtc2hhMjU2IiwgaGVhZGVycz0iaG9zdCBkYXRlIHJlcXVlc3QtbGluZSIsIHNpZ25hdHVyZT0iNkdnYnlCeG9BVE9IMnYxY0hVWVdHdll6YW0xZFZ2VVljRjc1bXFYd09Ucz0i&date=Fri%2C+05+May+2023+10%3A43%3A39+GMT&host=spark-api.xf-yun.com",
  )
  const signed = { host: "spark-api.xf-yun.com", path: "/v3.5/chat" }
  const date = "Fri, 05 May 2023 10:43:39"
  expect(sparkSignature({ ...signed, date: `${date} GMT` }, key.apiSecret)).toBe(
    "6GgbyBxoATOH2v1cHUYWGvYzam1dVvUYcF75mqXwOTs=",
  )
  expect(sparkSignature({ ...signed, date: `${date} UTC` }, key.apiSecret)).toBe(
    "pZkBJ0dQ7r3hx6JEH42DX9Oq4oXkjPpIY1Z4gTSJ3HE=",
  )
})

test("Zhipu's token", () => {
  expect(zhipuToken("abcdef1234567890.ZhipuSecret01", 1_700_000_000_000)).toBe(
    "eyJhbGciOiJIUzI1NiIsInNpZ25fdHlwZSI6IlNJR04ifQ.eyJhcGlfa2V5IjoiYWJjZGVmMTIzNDU2Nzg5MCIsImV4cCI6MTcwMDAwMDMwMDAwMCwidGltZXN0YW1wIjoxNzAwMDAwMDAwMDAwfQ._9RRQP1pWRDJRrTnRvigOj-oLElqrVdi7OauzREXzSw",
  )
})

test("Tencent Cloud's third signature", () => {
  const signed = {
    host: "hunyuan.tencentcloudapi.com",
    service: "hunyuan",
    action: "ChatCompletions",
    contentType: "application/json",
    body: '{"Model":"hunyuan-lite","Messages":[{"Role":"user","Content":"hi"}],"Stream":true}',
  }
  const key = { secretId: "AKIDEXAMPLE0001", secretKey: "SecretKeyExample0001" }
  expect(signTencent(signed, key, 1_700_000_000_000)).toBe(
    "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0001/2023-11-14/hunyuan/tc3_request, " +
      "SignedHeaders=content-type;host;x-tc-action, " +
      "Signature=0706ffd584ac4e7d42ea07f27b35eaaa470d32e50fc9f64983bf7f1eb1e44698",
  )
})

test("Hunyuan's first signature", () => {
  const parameters = {
    app_id: 1_300_000_000,
    secret_id: "AKIDEXAMPLE0001",
    timestamp: 1_700_000_000,
    expired: 1_700_086_400,
    query_id: "11111111-2222-3333-4444-555555555555",
    temperature: 0,
    top_p: 0.8,
    stream: 1,
    messages: [{ role: "user", content: "hi" }],
  }
  const place = "hunyuan.cloud.tencent.com/hyllm/v1/chat/completions"
  expect(signHunyuan(place, parameters, "SecretKeyExample0001")).toBe(
    "QuJnuOj4fA9BBq6F3gbxxPSEI4s=",
  )
})

test("Volcengine's fourth signature", () => {
  const signed = {
    url: "https://maas-api.ml-platform-cn-beijing.volces.com/api/v1/chat",
    region: "cn-beijing",
    service: "ml_maas",
    contentType: "application/json",
    body: '{"model":{"name":"skylark-chat"},"messages":[{"role":"user","content":"hi"}],"parameters":{"max_tokens":16},"stream":true}',
  }
  const key = { accessKey: "AKLTexample0001", secretKey: "VolcSecretExample0001" }
  expect(signVolcengine(signed, key, Date.parse("2023-11-14T22:13:20Z"))).toEqual({
    "content-type": "application/json",
    "x-content-sha256": "1dcc9477d64108494e85e7e0e107af82c5252acbe3942a67ef66f32f8cebcb6c",
    "x-date": "20231114T221320Z",
    authorization:
      "HMAC-SHA256 Credential=AKLTexample0001/20231114/cn-beijing/ml_maas/request, " +
      "SignedHeaders=content-type;host;x-content-sha256;x-date, " +
      "Signature=c92e7ec60f9598ac8ff406d52a62b1e8dd81d9b8e68573081b38741328ad8e38",
  })
})

test("Baichuan's first signature", () => {
  const body = '{"model":"Baichuan2-53B","messages":[{"role":"user","content":"hi"}]}'
  expect(signBaichuan(body, "baichuan-secret", 1_700_000_000)).toBe(
    "17de2763f55d8ff3ee315401978d9943",
  )
})
