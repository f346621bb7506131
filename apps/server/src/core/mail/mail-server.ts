import type { Mail, MailServer } from "../deps.ts"
import type { Live } from "../live/live.ts"

/** Where mail is handed over and who sends it; undefined until a host and a sender are set. */
export function mailServer({
  settings,
}: Pick<Live, "settings">): { server: MailServer; from: Mail["from"] } | undefined {
  const { "mail.host": host, "mail.from": address, "mail.username": username } = settings
  if (!host || !address) return undefined
  return {
    server: {
      host,
      port: settings["mail.port"],
      security: settings["mail.security"],
      ...(username && { login: { username, password: settings["mail.password"] } }),
    },
    from: { name: settings["site.title"], address },
  }
}
