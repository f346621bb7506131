import { simulate } from "@nio/adapters/testing"
import { channelDefaults } from "@nio/server/contract"
import { askApi, type Scene } from "./scene.ts"

export const channels: Scene = async (stage) => {
  const { operator } = stage
  const broken401 = await simulate({
    status: 401,
    body: JSON.stringify({ error: { message: "Incorrect API key provided", type: "auth" } }),
  })
  const resting = await operator.mutate("channel.create", {
    ...channelDefaults,
    name: "second account",
    enabled: true,
    provider: "openai",
    baseUrl: broken401.url,
    models: ["rests-1", "rests-2"],
    secrets: ["sk-first-key-of-many", "sk-second-key-of-many"],
    proxy: null,
    headers: { "x-team": "a secret of the team" },
    costs: [{ type: "per-token", models: ["rests-1"], input: 1_000_000, output: 4_000_000 }],
    groups: ["pro", "admin"],
  })
  await operator.mutate("price.save", {
    rule: { type: "free", models: ["rests-1"], input: 0, output: 0, anonymous: false },
  })
  const { key: editorKey } = await operator.mutate("apiKey.create", { name: "a build server" })
  for (let asked = 0; asked < 2; asked++) await askApi(stage, editorKey, "rests-1")
  return [
    { name: "channels", path: "/admin/channels" },
    { name: "new-channel", path: "/admin/channels/new" },
    { name: "edit-channel", path: `/admin/channels/${resting.id}` },
    {
      name: "channel-connection",
      path: `/admin/channels/${resting.id}`,
      async act(page) {
        await page.getByLabel("Kind of proxy").selectOption("socks5")
        await page.getByRole("heading", { name: "Connection" }).scrollIntoViewIfNeeded()
        await page.getByRole("button", { name: "Add cost" }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: "channel-bulk",
      path: "/admin/channels",
      async act(page) {
        await page.getByLabel("Choose scripted").check()
        await page.getByLabel("Choose second account").check()
      },
    },
    {
      name: "channel-bulk-set",
      path: "/admin/channels",
      async act(page) {
        await page.getByLabel("Choose scripted").check()
        await page.getByRole("button", { name: "Set …" }).click()
      },
    },
    {
      name: "channel-round",
      path: "/admin/channels",
      async act(page) {
        await page.getByRole("button", { name: "Test second account" }).click()
        await page.getByRole("button", { name: "Test all 2 models" }).click()
        await page.getByRole("button", { name: "Ask" }).click()
        await page.getByText(/answered,/).waitFor()
      },
    },
    {
      name: "channel-export",
      path: "/admin/channels",
      async act(page) {
        await page.getByRole("button", { name: "Import and export" }).click()
        await page.getByRole("menuitem", { name: "Export all" }).click()
        await page.getByLabel("With keys").check()
      },
    },
    {
      name: "test-channel",
      path: "/admin/channels",
      async act(page) {
        await page.getByRole("button", { name: "Test scripted" }).click()
        await page.getByRole("button", { name: "Ask" }).click()
        await page.getByText(/Answered in|after/).waitFor()
      },
    },
  ]
}
