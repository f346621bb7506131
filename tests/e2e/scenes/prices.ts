import type { Page } from "playwright-core"
import type { Scene } from "./scene.ts"

const point = 1_000_000

export const prices: Scene = async ({ operator }) => {
  const details = {
    cachedInput: 2.5 * point,
    longContext: { aboveTokens: 200_000, input: 40 * point, output: 160 * point },
  }
  const rule = { type: "per-token", models: ["thinker"], input: 20 * point, output: 80 * point }
  await operator.mutate("price.save", { rule: { ...rule, anonymous: false, details } })
  const newPrice = (page: Page) => page.getByRole("button", { name: "New price" }).click()
  return [
    { name: "prices", path: "/admin/prices" },
    { name: "new-price", path: "/admin/prices", act: newPrice },
    {
      name: "price-details",
      path: "/admin/prices",
      async act(page) {
        await newPrice(page)
        await page.getByLabel("Sent, points per 1M tokens").fill("20")
        await page.getByLabel("Answered, points per 1M tokens").fill("eighty")
        await page.getByText("More", { exact: true }).click()
        await page.getByLabel("Points per picture made").scrollIntoViewIfNeeded()
      },
    },
    {
      name: "import-prices",
      path: "/admin/prices",
      async act(page) {
        await page.getByRole("button", { name: "Many at once" }).click()
        await page.getByRole("menuitem", { name: "Import from the price list" }).click()
        await page.getByLabel("Search models").fill("gpt-4o")
        await page.getByRole("checkbox").nth(1).check()
      },
    },
    {
      name: "compare-prices",
      path: "/admin/prices",
      async act(page) {
        await page.getByRole("button", { name: "Many at once" }).click()
        await page.getByRole("menuitem", { name: "Import from another site" }).click()
        await page.getByLabel("Address of the site").fill("chat.example.com")
        await page.getByRole("button", { name: "Compare prices" }).click()
      },
    },
  ]
}
