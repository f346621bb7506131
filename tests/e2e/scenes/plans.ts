import type { Scene } from "./scene.ts"

const point = 1_000_000

const item = (id: string, name: string, icon: string, models: string[], quota: number) => ({
  ...{ id, name, icon, models, quota },
})
const pictures = item("pictures", "Diagrams", "image", ["diagram-1"], 20)

export const plans: Scene = async ({ operator }) => {
  await operator.mutate("plan.save", {
    enabled: true,
    relay: true,
    discounts: [{ months: 6, percentOff: 10 }],
    plans: [
      {
        level: 1,
        price: 100 * point,
        items: [item("words", "Everyday chat", "message", ["prose-1"], 200)],
      },
      {
        level: 2,
        price: 250 * point,
        items: [item("words", "Everyday chat", "message", ["prose-1"], 500), pictures],
      },
      {
        level: 3,
        name: "For studios",
        price: 400 * point,
        items: [item("all", "Everything", "compass", ["prose-1"], -1), pictures],
      },
    ],
  })
  const choice = { level: 1, months: 1 }
  const { cost, quotedAt } = await operator.query("plan.quote", choice)
  const requestId = crypto.randomUUID()
  await operator.mutate("plan.subscribe", { ...choice, expected: cost, quotedAt, requestId })
  return [
    { name: "plan", path: "/account/plan" },
    {
      name: "upgrade-plan",
      path: "/account/plan",
      act: (page) => page.getByRole("button", { name: "Upgrade: Standard" }).click(),
    },
    { name: "admin-plans", path: "/admin/plans" },
    {
      name: "admin-plans-wrong",
      path: "/admin/plans",
      async act(page) {
        const basic = page.locator("section").filter({
          has: page.getByRole("heading", { name: "Basic", exact: true }),
        })
        await basic.getByRole("button", { name: "Add an item" }).click()
        await page.getByRole("button", { name: "Save", exact: true }).click()
      },
    },
  ]
}
