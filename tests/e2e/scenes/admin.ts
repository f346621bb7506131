import type { Scene } from "./scene.ts"

export const admin: Scene = async ({ operator }) => {
  const changes = [
    { key: "site.title", value: "Our models" },
    { key: "mail.from", value: "noreply@site.test" },
  ]
  await operator.mutate("setting.save", { changes })
  return [
    { name: "settings", path: "/admin/settings" },
    {
      name: "settings-mail",
      path: "/admin/settings",
      act: (page) =>
        page
          .getByRole("heading", { name: "Mail", exact: true })
          .evaluate((heading) => heading.scrollIntoView()),
    },
    { name: "audit", path: "/admin/audit" },
    {
      name: "add-points",
      path: "/admin/users",
      act: (page) => page.getByRole("button", { name: "Add points" }).first().click(),
    },
  ]
}
