import { canSendMail } from "../../../core/mail/send-mail.ts"
import { latestNotice } from "../../../core/notice/latest-notice.ts"
import type { Route } from "../route.ts"

export const siteRoutes: Route[] = [
  {
    method: "GET",
    path: "/info",
    handle: (deps) => {
      const { settings } = deps.live.current()
      return {
        title: settings["site.title"],
        logo: "",
        file: "",
        docs: "",
        announcement: "",
        buy_link: settings["site.buyLink"],
        contact: settings["site.contact"],
        footer: "",
        auth_footer: false,
        mail: canSendMail(deps),
        article: [],
        generation: [],
        relay_plan: settings["plans.relay"],
      }
    },
  },
  {
    method: "GET",
    path: "/broadcast/view",
    handle: async (deps) => {
      const notice = await latestNotice(deps)
      return notice && { index: Math.floor(notice.createdAt / 1_000), content: notice.text }
    },
  },
]
