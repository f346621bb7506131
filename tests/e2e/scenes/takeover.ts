import { signIn } from "../../support/browser.ts"
import { mysqlUrl } from "../../support/databases.ts"
import { formerDatabase, placeAt } from "../../support/former-site.ts"
import { generateFormerSite } from "../../support/generate-former-site.ts"
import { startServer } from "../support/server.ts"
import { rootPassword } from "../support/setup.ts"
import type { Scene } from "./scene.ts"

/** A Chat Nio installation lies in the database. Without `TEST_MYSQL_URL` there is nothing to see. */
export const takeover: Scene = async ({ closing }) => {
  if (!mysqlUrl) return []
  const former = await formerDatabase()
  closing.defer(() => former.remove())
  await generateFormerSite(former, { users: 60, conversations: 300 })
  const { host, port, user, password, database } = placeAt(former.url)
  const mysql = { MYSQL_HOST: host, MYSQL_PORT: `${port}`, MYSQL_DB: database }
  const login = { MYSQL_USER: user, MYSQL_PASSWORD: password, ROOT_PASSWORD: rootPassword }
  const { url } = closing.use(await startServer({ ...mysql, ...login }))
  const operator = await signIn(url, "root", rootPassword)

  return [
    { name: "takeover-hint", path: "/admin/users", url, as: operator },
    { name: "takeover-found", path: "/admin/import", url, as: operator },
    {
      name: "takeover-tried",
      path: "/admin/import",
      url,
      as: operator,
      async act(page) {
        await page.getByRole("button", { name: "Try it" }).click()
        await page.getByText("All sums agree").waitFor()
      },
    },
  ]
}
