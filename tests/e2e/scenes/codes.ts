import type { Scene } from "./scene.ts"

export const codes: Scene = async ({ operator }) => {
  const { batchId } = await operator.mutate("code.create", {
    kind: "redeem",
    name: "card shop, November",
    points: 50,
    count: 12,
    expiresAt: null,
    requestId: crypto.randomUUID(),
  })
  const made: string = await operator.mutate("code.export", {
    kind: "redeem",
    batchId,
    format: "txt",
  })
  const [firstCode = ""] = made.split("\r\n")
  await operator.mutate("code.redeem", { code: firstCode })

  return [
    { name: "codes", path: "/admin/codes" },
    {
      name: "make-codes",
      path: "/admin/codes?kind=gift",
      act: (page) => page.getByRole("button", { name: "Make codes" }).click(),
    },
    {
      name: "redeem-code",
      path: "/",
      async act(page) {
        const sidebar = page.getByRole("button", { name: "Show sidebar" })
        if (await sidebar.isVisible()) await sidebar.click()
        await page.getByRole("button", { name: "root" }).click()
        await page.getByRole("menuitem", { name: "Redeem a code" }).click()
        await page.getByRole("textbox", { name: "Code" }).fill(firstCode)
        await page.getByRole("button", { name: "Redeem", exact: true }).click()
      },
    },
  ]
}
