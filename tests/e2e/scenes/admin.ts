import type { Scene } from "./scene.ts"

export const admin: Scene = async () => {
  return [
    { name: "settings", path: "/admin/settings" },
    { name: "prices", path: "/admin/prices" },
    {
      name: "new-price",
      path: "/admin/prices",
      act: (page) => page.getByRole("button", { name: "New price" }).click(),
    },
    { name: "users", path: "/admin/users" },
    { name: "audit", path: "/admin/audit" },
    {
      name: "add-points",
      path: "/admin/users",
      act: (page) => page.getByRole("button", { name: "Add points" }).first().click(),
    },
  ]
}
