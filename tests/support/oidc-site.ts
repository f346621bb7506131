import type { Db } from "@nio/db"
import { setSettings } from "@nio/server/core/live/set-setting"
import { browserWith } from "./browser.ts"
import { createClock } from "./clock.ts"
import { startIssuer, visitIssuer } from "./oidc-issuer.ts"
import { startServer } from "./relay.ts"
import { signInAdmin } from "./sign-in-admin.ts"

/** Where the site says it is: not where these tests reach it. */
export const site = "https://chat.example"

const people = {
  ann: { email: "Ann@example.com", email_verified: true, preferred_username: "Ann" },
  bob: { email: "bob@example.com", email_verified: false, preferred_username: "bob" },
  cat: { email: "cat@example.com", email_verified: true, name: "root" },
  dan: { email: "dan@example.com", email_verified: true, name: "Dan" },
  eve: { email: "victim@example.com", email_verified: false, name: "Eve" },
  fay: { email: "fay@example.com", email_verified: true, name: "Fay" },
  gus: { name: "Gus" },
  hal: { name: "Hal", email: "hal@example.com" },
  lea: { name: "Lea", email: "lea@Example.org", email_verified: true },
  kim: { name: "Kim" },
}

export const refused = { status: 302, location: "/sign-in?failed=oidc.refused", session: "" }

/** A server with one real issuer, and the ways there and back. */
export async function startOidcSite(db: Db) {
  const clock = createClock(Date.now())
  const server = await startServer(db, { now: clock.now })
  const issuer = await startIssuer([`${site}/oidc/corp/callback`], people)
  const admin = await signInAdmin(server, "keeper")
  await setSettings(server.deps, server.admin, [{ key: "site.address", value: site }])
  const corp = (own = {}) => ({
    id: "corp",
    name: "Our company",
    issuer: issuer.url,
    clientId: issuer.clientId,
    scopes: ["email", "profile"],
    enabled: true,
    ...own,
  })

  /** A browser that was sent to the issuer, with the cookies it has by then. */
  async function sent(redirect = "/", cookie = "", act = "oidc.begin") {
    const answer = await browserWith(server.url, cookie).post(act, { provider: "corp", redirect })
    const body = (await answer.json()) as any
    if (body.error) throw new Error(body.error.message)
    const own = answer.headers.get("set-cookie")?.split(";")[0] ?? ""
    return { address: body.result.data.address as string, cookie: [cookie, own].join("; ") }
  }
  /** The way back; the site's address leads to this server. */
  async function back(address: string, cookie: string) {
    const { pathname, search } = new URL(address)
    const answer = await fetch(`${server.url}${pathname}${search}`, {
      headers: { cookie },
      redirect: "manual",
    })
    const session = answer.headers.getSetCookie().find((one) => one.startsWith("nio_session="))
    const location = answer.headers.get("location") ?? ""
    return { status: answer.status, location, session: session?.split(";")[0] ?? "" }
  }
  async function through(person: string, redirect = "/") {
    const { address, cookie } = await sent(redirect)
    return back(await visitIssuer(address, person), cookie)
  }
  const whoIs = async (session: string) =>
    (await browserWith(server.url, session).query("session.current")).user
  await admin.mutate("oidc.saveProvider", { provider: corp(), clientSecret: issuer.clientSecret })

  return {
    clock,
    server,
    issuer,
    admin,
    corp,
    sent,
    back,
    through,
    whoIs,
    close: async () => {
      issuer.close()
      await server.close()
    },
  }
}
