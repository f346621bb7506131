import { codeAt } from "../../support/authenticator-app.ts"
import { signIn } from "../../support/browser.ts"
import { createPasskey } from "../../support/passkey.ts"
import type { Scene } from "./scene.ts"

const password = "four random words here"

export const factors: Scene = async ({ server, operator }) => {
  await operator.mutate("setting.save", { changes: [{ key: "site.address", value: server.url }] })
  await operator.mutate("oidc.saveProvider", {
    provider: {
      id: "corp",
      name: "Example Inc.",
      issuer: "https://login.example.com/realms/staff",
      clientId: "chat",
      scopes: ["email", "profile"],
      enabled: true,
    },
    clientSecret: "made up",
  })
  const { origin } = new URL(server.url)
  const made = createPasskey().make(await operator.mutate("factor.passkeyOptions"), { origin })
  await operator.mutate("factor.addPasskey", { name: "Work laptop", made })

  const careful = { name: "careful", password, email: "careful@example.org" }
  await operator.mutate("user.create", careful)
  const own = await signIn(server.url, careful.name, password)
  const { secret } = await own.mutate("factor.beginAuthenticator")
  await own.mutate("factor.confirmAuthenticator", { code: codeAt(secret, Date.now()) })

  return [
    { name: "security", path: "/account/security" },
    {
      name: "set-up-app",
      path: "/account/security",
      async act(page) {
        await page.getByRole("button", { name: "Set up", exact: true }).click()
        await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor()
      },
    },
    {
      name: "recovery-codes",
      path: "/account/security",
      async act(page) {
        await page.getByRole("button", { name: "Make new ones" }).click()
        const sure = page.getByRole("alertdialog")
        await sure.getByRole("button", { name: "Make new ones" }).click()
        await page.getByText("Keep your recovery codes").waitFor()
      },
    },
    {
      name: "add-passkey",
      path: "/account/security",
      act: (page) => page.getByRole("button", { name: "Add a passkey" }).click(),
    },
    {
      name: "second-step",
      path: "/sign-in",
      signedOut: true,
      async act(page) {
        await page.getByLabel("Name").fill(careful.name)
        await page.getByLabel("Password", { exact: true }).fill(password)
        await page.getByRole("button", { name: "Sign in", exact: true }).click()
        await page.getByRole("button", { name: "Start over" }).waitFor()
        await page.getByRole("button", { name: "Continue" }).click()
      },
    },
    {
      name: "sign-in-failed",
      path: "/sign-in?failed=oidc.refused",
      signedOut: true,
    },
    {
      name: "provider",
      path: "/admin/settings",
      async act(page) {
        await page.getByRole("button", { name: "More for Example Inc." }).click()
        await page.getByRole("menuitem", { name: "Edit" }).click()
        await page.getByText("Tell the provider this redirect address").waitFor()
      },
    },
    {
      name: "settings-sign-in",
      path: "/admin/settings",
      act: (page) => page.getByText("Account providers").scrollIntoViewIfNeeded(),
    },
  ]
}
