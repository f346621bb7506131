import type { SessionView } from "../../contract/index.ts"
import { type Actor, anonymousActor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { canSendMail } from "../mail/send-mail.ts"
import { listModels } from "../model/list-models.ts"
import { openProviders } from "../oidc/oidc-providers.ts"

/** What the web needs to draw its first page, for whoever looks. */
export function sessionView(deps: Deps, actor: Actor | undefined): SessionView {
  const { settings } = deps.live.current()
  return {
    user: actor
      ? {
          id: actor.userId,
          name: actor.name,
          isAdmin: actor.isAdmin,
          passwordExpired: actor.passwordExpired,
          factorMissing: actor.factorMissing ?? false,
        }
      : null,
    site: {
      title: settings["site.title"],
      register: settings["site.closeRegister"] ? "closed" : "open",
      mail: canSendMail(deps),
      visitors: listModels(deps, anonymousActor("")).length > 0,
      plans: settings["plans.enabled"],
      buyLink: settings["site.buyLink"],
      contact: settings["site.contact"],
      providers: openProviders(deps),
    },
  }
}
