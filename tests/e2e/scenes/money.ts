import type { Scene } from "./scene.ts"

const dayMs = 86_400_000
const link = "https://shop.example/buy"

export const money: Scene = async ({ operator }) => {
  const { id } = await operator.mutate("user.create", {
    name: "Maria",
    password: "four random words here",
    email: "maria@example.org",
  })
  const about = { userId: id, reason: "paid by transfer" }
  await operator.mutate("user.addPoints", { ...about, points: 120, requestId: "scene-1" })
  await operator.mutate("user.deductPoints", { ...about, points: 20, requestId: "scene-2" })
  const contact = "Write to **us** at [the desk](https://desk.example), we answer within a day."
  const changes = [
    { key: "site.buyLink", value: link },
    { key: "site.contact", value: contact },
  ]
  await operator.mutate("setting.save", { changes })
  const now = Date.now()
  const items = [
    { id: "words", name: "Words", icon: "message", models: ["prose-1", "table-1"], quota: 200 },
    { id: "pictures", name: "Pictures", icon: "image", models: ["picture-1"], quota: -1 },
  ]
  await operator.mutate("plan.save", {
    ...{ enabled: false, relay: true, discounts: [] },
    plans: [{ level: 3, price: 100_000_000, items }],
  })
  await operator.mutate("user.setSubscription", {
    ...{ userId: id, level: 3, startedAt: now, expiresAt: now + 90 * dayMs, reason: "a present" },
  })
  await operator.mutate("account.setAlarm", { below: 100_000 })

  return [
    { name: "points", path: "/account/points" },
    {
      name: "statement",
      path: "/account/statement",
      act: (page) => page.locator("summary").first().click(),
    },
    { name: "users", path: "/admin/users" },
    { name: "user", path: `/admin/users/${id}` },
    {
      name: "set-plan",
      path: `/admin/users/${id}`,
      act: (page) => page.getByRole("button", { name: "Change plan" }).click(),
    },
    {
      name: "deduct-points",
      path: `/admin/users/${id}`,
      act: (page) => page.getByRole("button", { name: "Deduct" }).click(),
    },
    { name: "site-statement", path: "/admin/statement" },
  ]
}
