import { type LanguageTag, languageTag, mailAddress } from "../../contract/index.ts"
import type { Deps, MailOutcome } from "../deps.ts"
import { AppError } from "../error.ts"
import { mailServer } from "./mail-server.ts"
import type { MailParams, MailTemplate } from "./templates/template.ts"
import { writeMail } from "./write-mail.ts"

/** `language` as it is stored of a person; what we do not speak is English. */
export type MailOrder<Name extends MailTemplate> = {
  to: string
  template: Name
  params: MailParams[Name]
  language: string | null
}

/** Whether mail can be sent at all. */
export const canSendMail = (deps: Pick<Deps, "live">): boolean =>
  mailServer(deps.live.current()) !== undefined

/**
 * Hands a mail to the site's mail server and waits until that has taken it, 15 s at most.
 * Whoever must not show by the time it takes whether it was sent does not wait for it.
 * @throws AppError `mail.not-configured`, `mail.failed`, `input.invalid` for what is no address
 */
export async function sendMail<Name extends MailTemplate>(
  deps: Pick<Deps, "live" | "sendMail" | "log">,
  order: MailOrder<Name>,
): Promise<void> {
  const { failure } = await handOver(deps, order)
  if (failure === undefined) return
  deps.log.warn("a mail was not sent", { template: order.template, failure })
  throw new AppError("mail.failed", {}, failure)
}

/** The same, with what was said. @throws AppError `mail.not-configured`, `input.invalid` */
export async function handOver<Name extends MailTemplate>(
  deps: Pick<Deps, "live" | "sendMail">,
  { to, template, params, language }: MailOrder<Name>,
): Promise<MailOutcome> {
  const live = deps.live.current()
  const sending = mailServer(live)
  if (!sending) throw new AppError("mail.not-configured")
  const address = mailAddress.safeParse(to).data
  if (!address) throw new AppError("input.invalid", { detail: "this is no mail address" })
  const site = { title: live.settings["site.title"], address: live.settings["site.address"] }
  const written = writeMail(template, params, spoken(language), site)
  return deps.sendMail(sending.server, { from: sending.from, to: address, ...written })
}

const spoken = (language: string | null): LanguageTag =>
  languageTag.safeParse(language).data ?? "en"
