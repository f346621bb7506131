import { expect, test } from "bun:test"
import { conceal } from "./conceal.ts"

const key = 'k3y/"with+signs"&such'
const upstream = { channelId: "7", baseUrl: "https://relay.example.com:8443/openai", key }

test.each([
  ["as it is", key],
  ["in JSON", JSON.stringify(key).slice(1, -1)],
  ["in a URL", encodeURIComponent(key)],
  ["in base64", Buffer.from(key).toString("base64")],
])("the key is hidden %s", (_, shown) => {
  expect(conceal(`bad key <${shown}>, try again`, upstream)).toBe("bad key <***>, try again")
})

test("each part of a key is hidden", () => {
  const parts = { ...upstream, key: "abc|app-id-1|secret-2" }
  expect(conceal("app-id-1 and secret-2 but not abc", parts)).toBe("*** and *** but not abc")
})

test("a key with a colon is a key, not an address", () => {
  expect(conceal("who is id:secret?", { ...upstream, key: "id:secret" })).toBe("who is ***?")
})

test("an address in the key is hidden like the channel's own", () => {
  const azure = { ...upstream, key: "secret-1|https://mine.openai.azure.com" }
  expect(conceal("no deployment at https://mine.openai.azure.com/openai", azure)).toBe(
    "no deployment at channel://7/openai",
  )
})

test("the address and the host are given other names", () => {
  expect(conceal("POST https://relay.example.com:8443/openai/v1 failed", upstream)).toBe(
    "POST channel://7/v1 failed",
  )
  expect(conceal("RELAY.example.com:8443 and relay.example.com", upstream)).toBe(
    "channel and channel",
  )
})

test.each([
  ["Bearer abc.def is wrong", "Bearer *** is wrong"],
  ["Incorrect API key provided: sk-ab***yz. See", "Incorrect API key provided: *** See"],
  ["got sk-proj-abc_123-def", "got ***"],
  ["GET /v1?key=AIzaSyA123&alt=sse", "GET /v1?key=***&alt=sse"],
  ["key AIzaSyA1234567 leaked", "key *** leaked"],
  ["limit of org-AbC123xyz on tokens", "limit of org-*** on tokens"],
  ["dial tcp 10.2.3.4:80, 192.168.0.9", "dial tcp ***:80, ***"],
  ["one_api error (request id: 2024abc)", "chatnio_upstream error"],
])("what only looks like a secret is hidden too (%s)", (said, shown) => {
  expect(conceal(said, upstream)).toBe(shown)
})

test("a host of one letter does not eat the sentence", () => {
  const local = { ...upstream, baseUrl: "http://a:8000" }
  expect(conceal("a bad answer at http://a:8000/v1 from a:8000", local)).toBe(
    "channel bad answer at channel://7/v1 from channel",
  )
})

test("a sentence without secrets stays as it is", () => {
  const said = "The model `gpt-4` does not exist. API key not valid. Task risk-free, 128 tokens"
  expect(conceal(said, upstream)).toBe(said)
})

test("no more than 1 KB is told, and no half character", () => {
  const told = conceal("ä💬".repeat(1_000), upstream)
  expect(Buffer.byteLength(told)).toBeLessThanOrEqual(1_024)
  expect(told).toEndWith("…")
  expect(told).not.toContain("\uFFFD")
})
