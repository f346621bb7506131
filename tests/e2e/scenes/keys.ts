import { noLimits, toMicropoints } from "@nio/server/contract"
import { askApi, type Scene } from "./scene.ts"

export const keys: Scene = async (stage) => {
  const { operator } = stage
  await operator.mutate("apiKey.create", { name: "my editor" })
  const limits = {
    ...noLimits,
    models: ["prose-1", "diagram-1"],
    addresses: ["127.0.0.1", "::1", "203.0.113.0/24", "2001:db8::/32"],
    expiresAt: Date.UTC(2031, 4, 6, 7, 8),
    requestsPerMinute: 60,
    tokensPerMinute: 200_000,
    concurrency: 4,
  }
  const limited = await operator.mutate("apiKey.create", {
    name: "a script on the home server",
    limits,
    spendCap: toMicropoints(25),
  })
  for (const model of ["prose-1", "diagram-1", "diagram-1"]) await askApi(stage, limited.key, model)
  return [
    {
      name: "create-key",
      path: "/keys",
      act: (page) => page.getByRole("button", { name: "Create key" }).click(),
    },
    {
      name: "edit-key",
      path: "/keys",
      async act(page) {
        await page.getByRole("button", { name: "More for a script" }).click()
        await page.getByRole("menuitem", { name: "Edit" }).click()
        await page.getByText("Points it may spend").waitFor()
      },
    },
    { name: "keys", path: "/keys" },
    { name: "key-usage", path: `/keys/${limited.id}` },
  ]
}
