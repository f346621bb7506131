import type { Page } from "playwright-core"
import type { Scene } from "./scene.ts"

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click()

async function fillNew(page: Page) {
  await page.getByLabel("Name").fill("Robin")
  await page.getByLabel("Password", { exact: true }).fill("four words of mine")
  await page.getByLabel("Password again").fill("four words of mine")
}

export const account: Scene = async ({ operator }) => {
  // A server that is not there: its pages look the same, and a code does not arrive.
  const mail = { "mail.host": "127.0.0.1", "mail.port": 1, "mail.from": "noreply@site.test" }
  await operator.mutate("setting.save", {
    changes: Object.entries(mail).map(([key, value]) => ({ key, value })),
  })
  return [
    { name: "register", path: "/register", signedOut: true },
    {
      name: "register-mail",
      path: "/register",
      signedOut: true,
      async act(page) {
        await fillNew(page)
        await press(page, "Next")
        await page.getByLabel("Mail address").fill("robin@people.test")
        await press(page, "Create account")
      },
    },
    { name: "reset-password", path: "/reset-password", signedOut: true },
    { name: "account-profile", path: "/account" },
    { name: "account-security", path: "/account/security" },
    {
      name: "account-sessions",
      path: "/account/security",
      act: (page) =>
        page.getByRole("heading", { name: "Where you are signed in" }).scrollIntoViewIfNeeded(),
    },
    {
      name: "account-end",
      path: "/account",
      act: (page) => page.getByRole("heading", { name: "Delete account" }).scrollIntoViewIfNeeded(),
    },
    { name: "account-rename", path: "/account", act: (page) => press(page, "Change name") },
    { name: "account-email", path: "/account", act: (page) => press(page, "Add address") },
    { name: "account-delete", path: "/account", act: (page) => press(page, "Delete account") },
  ]
}
