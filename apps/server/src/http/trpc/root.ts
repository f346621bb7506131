import { accountRouter } from "./account.ts"
import { apiKeyRouter } from "./api-key.ts"
import { auditRouter } from "./audit.ts"
import { channelRouter } from "./channel.ts"
import { chatRouter } from "./chat.ts"
import { codeRouter } from "./code.ts"
import { conversationRouter } from "./conversation.ts"
import { factorRouter } from "./factor.ts"
import { importRouter } from "./import.ts"
import { router } from "./init.ts"
import { mailRouter } from "./mail.ts"
import { modelRouter } from "./model.ts"
import { oidcRouter } from "./oidc.ts"
import { planRouter } from "./plan.ts"
import { priceRouter } from "./price.ts"
import { searchRouter } from "./search.ts"
import { sessionRouter } from "./session.ts"
import { settingRouter } from "./setting.ts"
import { shareRouter } from "./share.ts"
import { statementRouter } from "./statement.ts"
import { userRouter } from "./user.ts"

export const appRouter = router({
  session: sessionRouter,
  chat: chatRouter,
  conversation: conversationRouter,
  model: modelRouter,
  account: accountRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  channel: channelRouter,
  code: codeRouter,
  factor: factorRouter,
  mail: mailRouter,
  oidc: oidcRouter,
  plan: planRouter,
  import: importRouter,
  price: priceRouter,
  search: searchRouter,
  setting: settingRouter,
  statement: statementRouter,
  share: shareRouter,
  user: userRouter,
})

/** All the web knows of the server, apart from the socket. */
export type AppRouter = typeof appRouter
