import { expect, test } from "bun:test"
import { hello } from "../testing/index.ts"
import { azureAddress, placeOf } from "./address.ts"

const upstream = (baseUrl: string, key = "secret") =>
  ({ baseUrl, key }) as Parameters<typeof azureAddress>[1]

test.each([
  [
    "https://r.openai.azure.com",
    "gpt-4.1",
    "https://r.openai.azure.com/openai/deployments/gpt-4.1/chat/completions?api-version=2024-10-21",
  ],
  [
    "https://r.openai.azure.com?api-version=2025-01-01-preview",
    "gpt-3.5-turbo",
    "https://r.openai.azure.com/openai/deployments/gpt-35-turbo/chat/completions?api-version=2025-01-01-preview",
  ],
  [
    "https://r.openai.azure.com",
    "../x",
    "https://r.openai.azure.com/openai/deployments/..%2Fx/chat/completions?api-version=2024-10-21",
  ],
  [
    "https://r.services.ai.azure.com/models",
    "grok-4",
    "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-10-21",
  ],
  [
    "https://r.openai.azure.com/openai/v1",
    "gpt-5",
    "https://r.openai.azure.com/openai/v1/chat/completions",
  ],
])("%s is asked for %s at %s", (baseUrl, model, url) => {
  expect(azureAddress({ ...hello, model }, upstream(baseUrl))).toBe(url)
})

test("a channel of Chat Nio has the address in its key and the version in place of the address", () => {
  expect(placeOf(upstream("2023-12-01-preview", "secret|https://r.openai.azure.com/"))).toEqual({
    secret: "secret",
    address: "https://r.openai.azure.com",
    version: "2023-12-01-preview",
  })
})
