import type { Scene } from "./scene.ts"

export const door: Scene = async ({ bare }) => {
  return [
    { name: "sign-in", path: "/sign-in", signedOut: true },
    {
      name: "sign-in-wrong",
      path: "/sign-in",
      signedOut: true,
      async act(page) {
        await page.getByLabel("Name").fill("root")
        await page.getByLabel("Password", { exact: true }).fill("wrong")
        await page.getByRole("button", { name: "Sign in" }).click()
        await page.getByRole("alert").waitFor()
      },
    },
    {
      name: "first-password",
      path: "/",
      url: bare.url,
      signedOut: true,
      async act(page) {
        await page.getByLabel("Name").fill("root")
        await page.getByLabel("Password", { exact: true }).fill("chatnio123456")
        await page.getByRole("button", { name: "Sign in" }).click()
        await page.getByText("Choose your password").waitFor()
        await page.getByRole("button", { name: "Save password" }).click()
      },
    },
  ]
}
